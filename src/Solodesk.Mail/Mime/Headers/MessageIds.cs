namespace Solodesk.Mail.Mime.Headers;

/// <summary>Message ids (RFC 5322 §3.6.4) without their brackets, from headers that may hold phrases, comments or bare ids.</summary>
internal static class MessageIds
{
    public static IReadOnlyList<string> Parse(string? text, int limit, out bool cut)
    {
        cut = false;
        if (string.IsNullOrWhiteSpace(text)) return [];
        var ids = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('<', at);
            if (open < 0) break;
            var next = text.IndexOf('<', open + 1);
            if (next < 0) next = text.Length;
            var close = text.IndexOf('>', open, next - open);
            if (close < 0) close = next;
            Add(ids, text[(open + 1)..close]);
            at = Math.Min(text.Length, close);
            if (at < text.Length && text[at] == '>') at++;
        }
        if (ids.Count == 0 && !text.Contains('<'))
        {
            foreach (var word in text.Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries))
                if (word.Contains('@')) Add(ids, word);
            if (ids.Count == 0 && text.Trim().IndexOfAny([' ', '\t']) < 0) Add(ids, text.Trim());
        }
        if (ids.Count <= limit) return ids;
        cut = true;
        // The first is the root of the thread, the last ones are the nearest parents.
        return [ids[0], .. ids.Skip(ids.Count - limit + 1)];
    }

    private static void Add(List<string> ids, string raw)
    {
        var id = raw.Trim().Trim('<', '>', '"').Replace(" ", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal);
        if (id.Length is > 0 and <= 1000 && (ids.Count == 0 || ids[^1] != id)) ids.Add(id);
    }
}
