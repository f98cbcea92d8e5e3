namespace Solodesk.Knowledge.Exchange;

/// <summary>What became of the texts of a file.</summary>
public sealed record ImportOutcome(int Added, int Changed, int Same, int Drafts)
{
    /// <summary>What was not taken as it stood, in the order of the file.</summary>
    public IReadOnlyList<ImportRemark> Remarks { get; init; } = [];

    public int Refused => Remarks.Count(r => r.Refused);
}

/// <summary>What there is to say of one text: why it was refused, or what of it could not be kept. The words are below <c>exchange.said.</c></summary>
public sealed record ImportRemark(string Place, string Code, bool Refused, string Detail = "");
