using System.Reflection;
using System.Text;

namespace Solodesk.Engine.Conditions;

/// <summary>How text is made comparable before it is stored for look-ups: case and width no longer matter.</summary>
public static class TextFold
{
    /// <summary>
    /// <see cref="Fold"/>, to be mapped in the model of the database for fields that are stored as they were written: to a function of the
    /// program where the database can call one, else to what comes nearest, <c>lower(normalize(text, NFKC))</c>.
    /// </summary>
    public static MethodInfo FoldMethod { get; } = typeof(TextFold).GetMethod(nameof(Fold), [typeof(string)])!;

    /// <summary>
    /// Folds text: Unicode compatibility form (NFKC, so that full-width <c>ＡＢＣ</c> is <c>ABC</c>), then small letters of the
    /// invariant culture. Half a surrogate pair becomes U+FFFD and U+0000 is dropped, because no database stores them.
    /// </summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Whole(text).Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }

    internal static bool IsStorable(string text) => ReferenceEquals(Whole(text), text);

    private static string Whole(string text)
    {
        var broken = text.Contains('\0', StringComparison.Ordinal);
        for (var i = 0; i < text.Length && !broken; i++)
        {
            broken = char.IsSurrogate(text[i]) && !(char.IsSurrogatePair(text, i) && ++i > 0);
        }

        if (!broken)
        {
            return text;
        }

        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != 0)
            {
                whole.Append(rune.ToString());
            }
        }

        return whole.ToString();
    }
}
