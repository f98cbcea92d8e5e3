using Solodesk.Common;

namespace Solodesk.Knowledge.HelpCentre;

/// <summary>What every page of the help centre is told about itself.</summary>
/// <param name="Language">The page's language.</param>
/// <param name="Path">Its own address without the host.</param>
/// <param name="Other">The same page in the other language.</param>
/// <param name="Root">Scheme and host as the world knows them.</param>
/// <param name="Help">How the help centre looks.</param>
/// <param name="Business">Whose it is.</param>
public sealed record HelpView(string Language, string Path, string Other, string Root, HelpSettings Help, BusinessSettings Business)
{
    public const string Sprite = "/_content/Solodesk.Knowledge/help-icons.svg";

    public string Name => Help.Title.Length > 0 ? Help.Title : Business.Name;

    public string Home => $"/help/{Answers.Tongue.Short(Language)}";

    public required string Title { get; init; }
    public string Description { get; init; } = "";

    /// <summary>Whether search engines should keep away.</summary>
    public bool Hidden { get; init; }

    /// <summary>The same thing in the other language exists.</summary>
    public bool HasOther { get; init; } = true;

    /// <summary>The picture that stands for the page where somebody passes its address on; the whole address.</summary>
    public string? Image { get; init; }

    /// <summary>Whether the page is one article, not a way to several.</summary>
    public bool IsArticle { get; init; }

    /// <summary>Structured data (JSON-LD), made by us.</summary>
    public string? Data { get; init; }

    /// <summary>What stands in the search field.</summary>
    public string Query { get; init; } = "";
}
