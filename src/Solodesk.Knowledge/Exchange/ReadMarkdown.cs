using System.Text.Json;
using System.Text.RegularExpressions;
using static Solodesk.Knowledge.Exchange.ReadImport;

namespace Solodesk.Knowledge.Exchange;

/// <summary>One file of Markdown: front matter (title, language, topic, tags and more) if there is any; else the first heading, else the file's name.</summary>
internal static partial class ReadMarkdown
{
    [GeneratedRegex(@"(?<image>!?)\[[^\]\n]*(?<link>\]\((?<to>[^)\s]+))", RegexOptions.ExplicitCapture)]
    private static partial Regex Links();

    /// <param name="path">Where it lies in the zip.</param>
    /// <param name="text">What stands in it.</param>
    /// <param name="beside">The bytes of another file of the zip by its path; null when there is none.</param>
    public static Piece Of(string path, string text, Func<string, byte[]?> beside)
    {
        text = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        var named = TakeFrontMatter(ref text);
        var facts = TextFacts.Read(fact => named.GetValueOrDefault(fact, ""));
        // Ours has one empty line before the text and one line's end behind it; the rest is the writer's.
        text = facts.Id is null ? text.Trim() : text.StartsWith('\n') && text.EndsWith('\n') && text.Length > 1 ? text[1..^1] : text.Trim();
        var title = named.GetValueOrDefault("title", "");
        if (facts.Id is null && title.Length == 0 && text.StartsWith("# ", StringComparison.Ordinal))
        {
            var line = text.IndexOf('\n', StringComparison.Ordinal);
            (title, text) = (text[2..(line < 0 ? text.Length : line)].Trim(), line < 0 ? "" : text[(line + 1)..].Trim());
        }

        var directory = Path.GetDirectoryName(path)?.Replace('\\', '/') ?? "";
        var folder = directory.Split('/')[^1];
        var file = Path.GetFileNameWithoutExtension(path);
        // "5.en.md" is the English of "5".
        var suffix = Path.GetExtension(file).TrimStart('.');
        var known = suffix is "en" or "zh" or "zh-Hans" or "zh-CN";
        if (title.Length == 0 && facts.Id is null)
        {
            title = known ? Path.GetFileNameWithoutExtension(file) : file;
        }

        var piece = new Piece(title, text, named.GetValueOrDefault("language") ?? (known ? suffix : null), named.GetValueOrDefault("topic") ?? named.GetValueOrDefault("category") ?? folder,
            TagList.Read(named.GetValueOrDefault("tags", "")), StateOf(named.GetValueOrDefault("state", "")),
            facts.Id?.ToString() ?? named.GetValueOrDefault("article") ?? (known ? Path.Combine(folder, Path.GetFileNameWithoutExtension(file)) : path)) { Place = path, Facts = facts };
        return facts.Id is null ? WithPictures(piece, directory, beside) : WithOurFiles(piece, beside);
    }

    private static Dictionary<string, string> TakeFrontMatter(ref string text)
    {
        var facts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (text.StartsWith("---\n", StringComparison.Ordinal) && text.IndexOf("\n---\n", 3, StringComparison.Ordinal) is > 0 and var end)
        {
            foreach (var line in text[4..end].Split('\n'))
            {
                if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                {
                    facts[line[..colon].Trim()] = Unquoted(line[(colon + 1)..].Trim());
                }
            }

            text = text[(end + 5)..];
        }

        return facts;
    }

    // A double-quoted scalar of YAML is, but for escapes that nobody writes, a string of JSON.
    private static string Unquoted(string value)
    {
        if (value is ['"', .., '"'])
        {
            try
            {
                return JsonSerializer.Deserialize<string>(value) ?? "";
            }
            catch (JsonException)
            {
                // Not JSON's: the quotes go, the rest stays as it is.
            }
        }

        return value.Trim('"', '\'');
    }

    private static Piece WithOurFiles(Piece piece, Func<string, byte[]?> beside)
    {
        var words = $"{piece.Body}\n{piece.Facts.PublicBody}";
        var files = ExchangeFile.TokensBeside(words).SelectMany(token => Names(words, token).Select(name => (Token: token, Name: name, Bytes: beside($"{ExchangeFile.Folder}/{token}/{name}"))))
            .Where(f => f.Bytes is not null).DistinctBy(f => f.Token).Select(f => ExchangeFile.Ours(f.Token, f.Name, f.Bytes!)).ToList();
        var tokens = files.Select(f => f.Token!).ToHashSet();
        return piece with
        {
            Body = ExchangeFile.AtDesk(piece.Body, tokens),
            Facts = piece.Facts with { PublicBody = piece.Facts.PublicBody is { } shown ? ExchangeFile.AtDesk(shown, tokens) : null },
            Files = files,
            Missing = [.. ExchangeFile.TokensBeside(words).Where(t => !tokens.Contains(t))],
        };
    }

    private static IEnumerable<string> Names(string words, string token)
        => Regex.Matches(words, $@"{Regex.Escape(token)}/(?<name>[^)\s""'>\]]+)").Select(m => Uri.UnescapeDataString(m.Groups["name"].Value)).Distinct();

    /// <summary>Pictures of the folder that the text shows come along.</summary>
    private static Piece WithPictures(Piece piece, string directory, Func<string, byte[]?> beside)
    {
        var (files, missing) = (new List<ExchangeFile>(), new List<string>());
        foreach (var match in Links().Matches(piece.Body).DistinctBy(m => m.Groups["link"].Value))
        {
            var to = match.Groups["to"].Value;
            if (to.StartsWith('/') || to.StartsWith('#') || to.StartsWith('<') || Uri.TryCreate(to, UriKind.Absolute, out _))
            {
                continue;
            }

            var path = new Uri(new Uri($"zip://zip/{directory}/"), to).AbsolutePath.TrimStart('/');
            var picture = ExchangeFile.TypeOf(path) is "image/png" or "image/jpeg" or "image/gif" or "image/webp" ? beside(Uri.UnescapeDataString(path)) : null;
            if (picture is not null)
            {
                files.Add(new ExchangeFile(Uri.UnescapeDataString(path.Split('/')[^1]), ExchangeFile.TypeOf(path), picture, null, match.Groups["link"].Value));
            }
            else if (match.Groups["image"].Length > 0)
            {
                missing.Add(to);
            }
        }

        return piece with { Files = files, Missing = missing };
    }
}
