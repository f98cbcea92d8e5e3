using System.Reflection;
using System.Text;

namespace Solodesk.Engine.Conditions;

/// <summary>Patterns that a person can write (<c>*</c>, <c>?</c>), and SQL LIKE as a function of C#.</summary>
public static class Wildcard
{
    /// <summary>
    /// <see cref="Like"/>, to be mapped to SQL in the model of the database:
    /// <code>
    /// model.HasDbFunction(Wildcard.LikeMethod).HasTranslation(arguments =>
    ///     new LikeExpression(arguments[0], arguments[1], new SqlConstantExpression("\\", null), null));
    /// </code>
    /// </summary>
    public static MethodInfo LikeMethod { get; } = typeof(Wildcard).GetMethod(nameof(Like), [typeof(string), typeof(string)])!;

    /// <summary>
    /// SQL's <c>text LIKE pattern ESCAPE '\'</c>: <c>%</c> stands for any text, <c>_</c> for one character (a Unicode code
    /// point, as both databases count), and the comparison is ordinal.
    /// </summary>
    /// <remarks>SQLite ignores the case of A–Z in LIKE, so both sides must be folded alike before they come here.</remarks>
    /// <returns>Whether the text fits; false when there is none.</returns>
    public static bool Like(string? text, string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (text is null)
        {
            return false;
        }

        // Greedy with one point of return, the last %: never more than text × pattern steps.
        var (at, next) = (0, 0);
        var (returnAt, returnNext) = (0, -1);
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '%')
            {
                returnNext = ++next;
                returnAt = at;
            }
            else if (next < pattern.Length && Step(text, ref at, pattern, ref next))
            {
                continue;
            }
            else if (returnNext >= 0)
            {
                returnAt += RuneLength(text, returnAt);
                (at, next) = (returnAt, returnNext);
            }
            else
            {
                return false;
            }
        }

        while (next < pattern.Length && pattern[next] == '%')
        {
            next++;
        }

        return next == pattern.Length;
    }

    /// <summary>The LIKE pattern for what a person wrote with <c>*</c> and <c>?</c>; a backslash before one of them, or before a backslash, makes it plain.</summary>
    public static string ToLike(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var like = new StringBuilder(pattern.Length + 8);
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length && pattern[i + 1] is '*' or '?' or '\\')
            {
                c = pattern[++i];
                like.Append(c == '\\' ? @"\\" : c.ToString());
                continue;
            }

            like.Append(c switch { '*' => "%", '?' => "_", '%' or '_' or '\\' => "\\" + c, _ => c.ToString() });
        }

        return like.ToString();
    }

    /// <summary>The LIKE pattern for texts that begin with this one.</summary>
    public static string Prefix(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var like = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            like.Append(c is '%' or '_' or '\\' ? "\\" + c : c.ToString());
        }

        return like.Append('%').ToString();
    }

    private static bool Step(string text, ref int at, string pattern, ref int next)
    {
        if (pattern[next] == '_')
        {
            at += RuneLength(text, at);
            next++;
            return true;
        }

        var literal = pattern[next] == '\\' && next + 1 < pattern.Length ? next + 1 : next;
        if (text[at] != pattern[literal])
        {
            return false;
        }

        at++;
        next = literal + 1;
        return true;
    }

    private static int RuneLength(string text, int at) => char.IsSurrogatePair(text, at) ? 2 : 1;
}
