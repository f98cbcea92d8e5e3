using System.Text;

namespace Solodesk.Text.Tokens;

/// <summary>Writes search terms in the two databases' query languages, which differ only in their signs.</summary>
internal static class QueryText
{
    internal static string Write(
        IReadOnlyList<SearchTerm> terms, string between, string and, string or, Func<string, bool, string> quote)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var text = new StringBuilder();
        foreach (var term in terms)
        {
            if (text.Length > 0)
            {
                text.Append(between);
            }

            text.Append('(').AppendJoin(or, term.AnyOf.Select(t => quote(t, term.IsPrefix)));
            if (term.OrAllOf.Count > 0)
            {
                text.Append(or).Append('(').AppendJoin(and, term.OrAllOf.Select(t => quote(t, term.IsPrefix))).Append(')');
            }

            text.Append(')');
        }

        return text.ToString();
    }
}
