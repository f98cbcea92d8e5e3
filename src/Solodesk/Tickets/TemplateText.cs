using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using HandlebarsDotNet;

namespace Solodesk.Tickets;

/// <summary>
/// A template's text with its variables filled in. The language is a small, strict part of Handlebars: <c>{{customer.name}}</c>,
/// <c>{{customer.name | 朋友}}</c> with a fallback, and <c>{{#if customer.company}}…{{else}}…{{/if}}</c>. Chinese names stand for the same
/// variables, custom fields are <c>{{field.key}}</c>. Nothing else is taken, so no template can loop, call or read anything.
/// </summary>
public static class TemplateText
{
    private const string FieldPrefix = "field.";
    private static readonly SearchValues<char> FieldKey = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");
    private const int MostKept = 500;

    /// <summary>Every variable a template may use, as it is written between the braces.</summary>
    public static IReadOnlyList<string> Variables { get; } =
    [
        "customer.name", "customer.email", "customer.company", "ticket.number", "ticket.subject", "ticket.link",
        "agent.name", "agent.signature", "business.name",
    ];

    /// <summary>What the variables are called in Chinese.</summary>
    public static IReadOnlyDictionary<string, string> Aliases { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["客户姓名"] = "customer.name",
        ["客户名字"] = "customer.name",
        ["客户邮箱"] = "customer.email",
        ["客户公司"] = "customer.company",
        ["工单号"] = "ticket.number",
        ["工单编号"] = "ticket.number",
        ["工单主题"] = "ticket.subject",
        ["工单链接"] = "ticket.link",
        ["客服姓名"] = "agent.name",
        ["我的名字"] = "agent.name",
        ["签名"] = "agent.signature",
        ["客服签名"] = "agent.signature",
        ["业务名称"] = "business.name",
    };

    // Compiling costs milliseconds, filling in microseconds.
    private static readonly ConcurrentDictionary<string, HandlebarsTemplate<object, object>> Compiled = new(StringComparer.Ordinal);
    private static readonly IHandlebars Engine = MakeEngine();

    /// <summary>What stands between braces and means nothing.</summary>
    public static IReadOnlyList<string> Unknown(string body) => [.. Places(body).Where(p => p.Part is Part.Wrong).Select(p => p.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>Fills in what is known; a variable without a value and without a fallback stays as it is, so that it is seen before it is sent.</summary>
    public static string Fill(string body, IReadOnlyDictionary<string, string> values)
    {
        if (!body.Contains("{{", StringComparison.Ordinal))
        {
            return body;
        }

        var source = Translate(body);
        if (Compiled.Count > MostKept)
        {
            Compiled.Clear();
        }

        try
        {
            return Compiled.GetOrAdd(source, static s => Engine.Compile(s))(new Dictionary<string, object> { ["values"] = values });
        }
        catch (HandlebarsException)
        {
            return body; // An "if" that is not closed: it is seen as it stands.
        }
    }

    /// <summary>
    /// Variables that still stand in a text, and what was meant to be one (a Chinese name, a name that begins as ours do): an answer with one of
    /// these is not finished. Other braces may be what the answer is about.
    /// </summary>
    public static IReadOnlyList<string> Unresolved(string text)
        => [.. Places(text).Where(p => p.Part is Part.Value or Part.If || (p.Part is Part.Wrong && IsMeant(p.Name))).Select(p => text[p.Start..p.End]).Distinct(StringComparer.Ordinal)];

    private static bool IsMeant(string inner)
    {
        var name = inner.AsSpan(0, inner.IndexOfAny(['|', '｜']) is var bar and >= 0 ? bar : inner.Length).Trim();
        foreach (var mine in (ReadOnlySpan<string>)["customer.", "ticket.", "agent.", "business.", FieldPrefix])
        {
            if (name.StartsWith(mine, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return name.Length > 0 && !name.ContainsAnyExceptInRange('\u4e00', '\u9fff');
    }

    private enum Part { Value, If, Else, End, Wrong }

    private sealed record Place(int Start, int End, Part Part, string Name, string? Fallback);

    // Only our own three helpers reach the engine; what is not ours is written so that it comes out as it went in.
    private static string Translate(string body)
    {
        var text = new StringBuilder(body.Length + 64);
        var from = 0;
        foreach (var place in Places(body))
        {
            text.Append(body, from, place.Start - from);
            text.Append(place.Part switch
            {
                Part.Value => $"{{{{value \"{place.Name}\" {Quoted(place.Fallback ?? "")} {Quoted(place.Fallback is null ? body[place.Start..place.End] : "")}}}}}",
                Part.If => $"{{{{#if (has \"{place.Name}\")}}}}",
                Part.Else => "{{else}}",
                Part.End => "{{/if}}",
                Part.Wrong => $"{{{{raw {Quoted(body[place.Start..place.End])}}}}}",
            });
            from = place.End;
        }

        var rest = body[from..];
        return text.Append(rest.Contains("{{", StringComparison.Ordinal) ? $"{{{{raw {Quoted(rest)}}}}}" : rest).ToString();
    }

    // Braces and quotes inside a literal would end it: they travel as their code points.
    private static string Quoted(string text) => "\"h" + Convert.ToHexString(Encoding.UTF8.GetBytes(text)) + "\"";

    private static string Plain(object? hex) => Encoding.UTF8.GetString(Convert.FromHexString((hex?.ToString() ?? "h").AsSpan(1)));

    private static IEnumerable<Place> Places(string body)
    {
        var at = 0;
        while ((at = body.IndexOf("{{", at, StringComparison.Ordinal)) >= 0)
        {
            var end = body.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0)
            {
                yield break;
            }

            yield return Read(body[(at + 2)..end].Trim(), at, end + 2);
            at = end + 2;
        }
    }

    private static Place Read(string inner, int start, int end)
    {
        if (inner is "else" or "/if")
        {
            return new Place(start, end, inner == "else" ? Part.Else : Part.End, inner, null);
        }

        if (inner.StartsWith("#if ", StringComparison.Ordinal))
        {
            return Known(inner[4..].Trim()) is { } asked ? new Place(start, end, Part.If, asked, null) : new Place(start, end, Part.Wrong, inner, null);
        }

        var bar = inner.IndexOfAny(['|', '｜']);
        var name = (bar < 0 ? inner : inner[..bar]).Trim();
        return Known(name) is { } known ? new Place(start, end, Part.Value, known, bar < 0 ? null : inner[(bar + 1)..].Trim().Trim('"', '“', '”')) : new Place(start, end, Part.Wrong, inner, null);
    }

    private static string? Known(string name)
        => Aliases.TryGetValue(name, out var alias) ? alias
            : Variables.Contains(name) ? name
            : name.StartsWith(FieldPrefix, StringComparison.Ordinal) && name.Length > FieldPrefix.Length && !name.AsSpan(FieldPrefix.Length).ContainsAnyExcept(FieldKey) ? name
            : null;

    private static IHandlebars MakeEngine()
    {
        var engine = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = true });
        engine.RegisterHelper("value", (writer, context, arguments) =>
        {
            var found = Values(context.Value).GetValueOrDefault(arguments[0]?.ToString() ?? "", "");
            writer.WriteSafeString(found.Length > 0 ? found : Plain(arguments[1]) is { Length: > 0 } fallback ? fallback : Plain(arguments[2]));
        });
        engine.RegisterHelper("has", (context, arguments) => Values(context.Value).GetValueOrDefault(arguments[0]?.ToString() ?? "", "").Length > 0);
        engine.RegisterHelper("raw", (writer, _, arguments) => writer.WriteSafeString(Plain(arguments[0])));
        return engine;
    }

    private static IReadOnlyDictionary<string, string> Values(object? context)
        => context is IReadOnlyDictionary<string, object> outer && outer.TryGetValue("values", out var values) && values is IReadOnlyDictionary<string, string> found
            ? found : new Dictionary<string, string>();
}
