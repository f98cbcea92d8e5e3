namespace Solodesk.Text.Tokens;

/// <summary>What a run of characters is made of.</summary>
internal enum RunKind
{
    /// <summary>Letters of a script that puts spaces between words, digits among them.</summary>
    Word,

    /// <summary>ASCII digits only.</summary>
    Number,

    /// <summary>Letters of a script without spaces (Han, kana, Thai …) or with endings glued on (Hangul).</summary>
    Dense,
}

/// <summary>Characters of folded text that belong together, and the separator that stood before them.</summary>
/// <param name="Kind">What it is made of.</param>
/// <param name="Text">Letters and digits only; for <see cref="RunKind.Dense"/> one UTF-16 unit per character.</param>
/// <param name="Gap">The separator before it: empty when glued to the run before, else at most four characters.</param>
internal readonly record struct Run(RunKind Kind, string Text, string Gap);
