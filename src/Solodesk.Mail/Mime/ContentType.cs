using Solodesk.Mail.Mime.Headers;

namespace Solodesk.Mail.Mime;

/// <summary>A media type (RFC 2045 §5) after the usual slips are mended: "plain/text", "html", "text", nothing at all.</summary>
internal sealed record ContentType(string Type, string Subtype, ParameterList Parameters)
{
    public static readonly ContentType Plain = new("text", "plain", ParameterList.Parse("text/plain"));
    public static readonly ContentType Message = new("message", "rfc822", ParameterList.Parse("message/rfc822"));

    public string MediaType => $"{Type}/{Subtype}";
    public bool IsMultipart => Type == "multipart";
    public bool IsText => Type == "text";
    public bool IsMessage => Type == "message" && Subtype is "rfc822" or "global" or "news" or "x-rfc822" || (Type == "application" && Subtype == "rfc822");
    public string? Charset => Parameters.Get("charset");

    public bool Is(string type, string subtype) => Type == type && Subtype == subtype;

    /// <summary>Reads a Content-Type value; <paramref name="missing"/> is what holds where it says nothing readable (RFC 2045 §5.2, 2046 §5.1.5).</summary>
    public static ContentType Parse(string? value, ContentType missing)
    {
        if (string.IsNullOrWhiteSpace(value)) return missing;
        var parameters = ParameterList.Parse(value);
        var slash = parameters.Value.IndexOf('/', StringComparison.Ordinal);
        var (type, subtype) = slash < 0 ? (Token(parameters.Value), "") : (Token(parameters.Value[..slash]), Token(parameters.Value[(slash + 1)..]));
        return (type, subtype) switch
        {
            ("", _) when parameters.Get("boundary") is not null => new("multipart", "mixed", parameters),
            ("", _) => missing with { Parameters = parameters },
            ("plain", _) => new("text", "plain", parameters),
            ("html", _) or ("text", "htm" or "xhtml") => new("text", "html", parameters),
            ("application", "xhtml+xml") => new("text", "html", parameters),
            ("text", "") => new("text", "plain", parameters),
            ("multipart", "") => new("multipart", "mixed", parameters),
            (_, "") when parameters.Get("boundary") is not null => new("multipart", "mixed", parameters),
            (_, "") => parameters.Get("name") is null ? missing with { Parameters = parameters } : new("application", "octet-stream", parameters),
            _ => new(type, subtype, parameters),
        };
    }

    /// <summary>The token up to the first character that no media type holds ("text/html charset=…" without its semicolon).</summary>
    private static string Token(string text)
    {
        text = text.Trim();
        var end = 0;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '+' or '.' or '_' or '!' or '#' or '$' or '&' or '^' or '*')) end++;
        return text[..end];
    }
}
