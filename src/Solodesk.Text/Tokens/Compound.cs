namespace Solodesk.Text.Tokens;

/// <summary>Runs that are written as one thing: an address, an order number, a telephone number, don't.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Parts">Its runs, in order; a compound of one is the run itself.</param>
internal readonly record struct Compound(CompoundKind Kind, IReadOnlyList<string> Parts)
{
    /// <summary>The parts without what stood between them.</summary>
    internal string Joined => RunScanner.Guard(string.Concat(Parts));
}

internal enum CompoundKind
{
    /// <summary>One word or number.</summary>
    Single,

    /// <summary>Words glued by punctuation: <c>wi-fi</c>, <c>SO-2024-0012</c>, <c>example.com</c>.</summary>
    Glued,

    /// <summary>An e-mail address.</summary>
    Address,

    /// <summary>Seven to fifteen digits, grouped as people group telephone numbers.</summary>
    Phone,

    /// <summary>A run of dense script.</summary>
    Dense,
}
