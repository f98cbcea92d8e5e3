namespace Solodesk.Knowledge.HelpCentre;

/// <summary>How the help centre looks and where it stands.</summary>
public sealed record HelpSettings
{
    /// <summary>A colour as <c>#rrggbb</c>: links, buttons and the mark.</summary>
    public string Brand { get; init; } = "#14665e";

    /// <summary>A domain of its own, such as <c>help.example.com</c>; empty for none.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The name at the top; empty for the business' own.</summary>
    public string Title { get; init; } = "";

    public string PrivacyUrl { get; init; } = "";
    public string StatusUrl { get; init; } = "";
}
