using System.Text;

namespace Solodesk.Tickets;

/// <summary>A template's text with its variables, written <c>{{customer.name}}</c>, filled in.</summary>
public static class TemplateText
{
    /// <summary>Every variable a template may use, as it is written between the braces.</summary>
    public static IReadOnlyList<string> Variables { get; } =
        ["customer.name", "customer.email", "ticket.number", "ticket.subject", "ticket.link", "agent.name", "business.name"];

    /// <summary>The names between braces that are not in <see cref="Variables"/>.</summary>
    public static IReadOnlyList<string> Unknown(string body) => [.. Names(body).Where(n => !Variables.Contains(n)).Distinct(StringComparer.Ordinal)];

    /// <summary>Fills in what is known; a variable without a value stays as it is, so that it is seen before it is sent.</summary>
    public static string Fill(string body, IReadOnlyDictionary<string, string> values)
    {
        var text = new StringBuilder(body.Length + 64);
        var from = 0;
        foreach (var (start, end) in Places(body))
        {
            text.Append(body, from, start - from);
            text.Append(values.TryGetValue(body[(start + 2)..(end - 2)].Trim(), out var value) && value.Length > 0 ? value : body[start..end]);
            from = end;
        }

        return text.Append(body, from, body.Length - from).ToString();
    }

    private static IEnumerable<string> Names(string body) => Places(body).Select(p => body[(p.Start + 2)..(p.End - 2)].Trim());

    private static IEnumerable<(int Start, int End)> Places(string body)
    {
        var at = 0;
        while ((at = body.IndexOf("{{", at, StringComparison.Ordinal)) >= 0)
        {
            var end = body.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0)
            {
                yield break;
            }

            yield return (at, end + 2);
            at = end + 2;
        }
    }
}
