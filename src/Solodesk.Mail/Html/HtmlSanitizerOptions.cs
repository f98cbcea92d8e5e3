namespace Solodesk.Mail.Html;

/// <summary>What a sanitised body may still do.</summary>
public sealed record HtmlSanitizerOptions
{
    /// <summary>The defaults: remote resources blocked, pictures of the mail kept.</summary>
    public static HtmlSanitizerOptions Default { get; } = new();

    /// <summary>Load pictures from other servers (which tells them that and when the mail was read). Off by default: the address then stands in <c>data-blocked-src</c>.</summary>
    public bool AllowRemoteImages { get; init; }

    /// <summary>Gives the address under which a <c>cid:</c> picture can be fetched; null keeps <c>cid:</c> as it is. Returning null drops the picture.</summary>
    public Func<string, string?>? ResolveContentId { get; init; }

    /// <summary>Keep <c>class</c> attributes (mail programs mark quotes with them). Off by default, so that a mail cannot borrow the product's styles.</summary>
    public bool KeepClasses { get; init; }

    /// <summary>What the body's tree may cost; a body that goes beyond is shown as its plain text, and what is longer than its characters is left out.</summary>
    public HtmlLimits Limits { get; init; } = HtmlLimits.Default;
}

/// <summary>A sanitised body.</summary>
/// <param name="Html">A fragment that is safe to put into a page.</param>
/// <param name="BlockedResources">Remote addresses that were not loaded, in order, each once.</param>
/// <param name="Simplified">True when the body was too deep or too large to keep its form, and its plain text stands here.</param>
public sealed record SanitizedHtml(string Html, IReadOnlyList<string> BlockedResources, bool Simplified);
