using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.StaticFiles;

namespace Solodesk.Knowledge.Exchange;

/// <summary>A picture or another file that travels with an article.</summary>
/// <param name="Name">Its name without a path.</param>
/// <param name="MediaType">What it is.</param>
/// <param name="Bytes">The whole of it.</param>
/// <param name="Token">Its address at the desk that it comes from; null when it comes from elsewhere.</param>
/// <param name="Link">The end of a link to it in the text that came, from the parenthesis on; with a token, the beginning of its address.</param>
internal sealed partial record ExchangeFile(string Name, string MediaType, byte[] Bytes, string? Token, string Link)
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>Where files lie in our own zip: <c>files/token/name</c>.</summary>
    public const string Folder = "files";

    [GeneratedRegex(@"(?<![\w./:-])(?<up>\.\./)?/?files/(?<token>[A-Za-z0-9_-]{20,40})(?=/)", RegexOptions.ExplicitCapture)]
    private static partial Regex Addresses();

    /// <summary>The tokens of the desk's own files that a text leads to.</summary>
    public static IEnumerable<string> TokensIn(string? text)
        => text is null ? [] : Addresses().Matches(text).Where(m => m.Value[0] == '/').Select(m => m.Groups["token"].Value).Distinct();

    /// <summary>The text with the addresses of the files that lie beside it in the zip, one folder up.</summary>
    public static string Beside(string text, IReadOnlySet<string> tokens)
        => Addresses().Replace(text, m => m.Value[0] == '/' && tokens.Contains(m.Groups["token"].Value) ? $"..{m.Value}" : m.Value);

    /// <summary>The same the other way round.</summary>
    public static string AtDesk(string text, IReadOnlySet<string> tokens)
        => Addresses().Replace(text, m => m.Groups["up"].Success && tokens.Contains(m.Groups["token"].Value) ? $"/{Folder}/{m.Groups["token"].Value}" : m.Value);

    /// <summary>The tokens of the files that a text of our own zip leads to.</summary>
    public static IEnumerable<string> TokensBeside(string text) => Addresses().Matches(text).Where(m => m.Groups["up"].Success).Select(m => m.Groups["token"].Value).Distinct();

    /// <summary>Whether a path of a zip is a file of ours, not an article.</summary>
    public static bool IsOne(string path) => path.Split('/') is [Folder, { Length: >= 20 and <= 40 }, _];

    public static ExchangeFile Ours(string token, string name, byte[] bytes, string? mediaType = null) => new(name, mediaType ?? TypeOf(name), bytes, token, $"/{Folder}/{token}");

    public static string TypeOf(string name) => Types.TryGetContentType(name, out var type) ? type : "application/octet-stream";

    /// <summary>How it stands in a cell: its address and its bytes (RFC 2397).</summary>
    public string ToCell() => $"{Link}/{Uri.EscapeDataString(Name)} data:{MediaType};base64,{Convert.ToBase64String(Bytes)}";

    public static bool TryParse(string line, [NotNullWhen(true)] out ExchangeFile? file)
    {
        file = null;
        if (line.Split(" data:", 2) is not [var address, var data] || address.Split('/') is not ["", Folder, { Length: >= 20 and <= 40 } token, var name] || TokensIn(address).FirstOrDefault() != token)
        {
            return false;
        }

        var mark = data.IndexOf(";base64,", StringComparison.Ordinal);
        var bytes = mark < 0 ? [] : new byte[(data.Length - mark) * 3 / 4];
        if (mark < 0 || !Convert.TryFromBase64String(data[(mark + 8)..], bytes, out var length))
        {
            return false;
        }

        file = Ours(token, Uri.UnescapeDataString(name), bytes[..length], data[..mark]);
        return true;
    }
}
