using System.Globalization;
using Solodesk.Mail.Writing;

namespace Solodesk.Channels.Email.Intake;

/// <summary>What we leave in our mails so that an answer finds back: <c>ref:10042.…</c> at the foot, <c>[#10042]</c> in the subject.</summary>
internal static class Markers
{
    private const string Start = "ref:";
    private const int MaxFound = 20;
    private const int LongestToken = 110;

    /// <summary>The line at the foot of a mail; the signature in it cannot be forged.</summary>
    public static string For(long number, Guid message, byte[] key)
        => Start + SignedMessageId.Create(number.ToString(CultureInfo.InvariantCulture), message, key, "x").TrimStart('<').Split('@')[0];

    /// <summary>Everything in a text that could be such a marker; whether it is one, its signature tells.</summary>
    public static IEnumerable<string> In(string? text)
    {
        if (text is null)
        {
            yield break;
        }

        var found = 0;
        for (var at = text.IndexOf(Start, StringComparison.OrdinalIgnoreCase); at >= 0 && found < MaxFound;
            at = text.IndexOf(Start, at + Start.Length, StringComparison.OrdinalIgnoreCase))
        {
            var from = at + Start.Length;
            var to = from;
            while (to < text.Length && to - from < LongestToken && (char.IsAsciiLetterOrDigit(text[to]) || text[to] is '.' or '-'))
            {
                to++;
            }

            if (to - from > 42)
            {
                found++;
                yield return text[from..to].TrimEnd('.');
            }
        }
    }

    /// <summary>Ticket numbers in a subject, in brackets of either script.</summary>
    public static IEnumerable<long> NumbersIn(string subject)
    {
        for (var at = subject.IndexOf('#', StringComparison.Ordinal); at >= 0; at = subject.IndexOf('#', at + 1))
        {
            var to = at + 1;
            while (to < subject.Length && to - at < 16 && char.IsAsciiDigit(subject[to]))
            {
                to++;
            }

            if (at > 0 && subject[at - 1] is ('[' or '【') && to < subject.Length && subject[to] is (']' or '】')
                && long.TryParse(subject.AsSpan(at + 1, to - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                yield return number;
            }
        }
    }

    /// <summary>The subject without the tokens of other tickets.</summary>
    public static string Without(string subject)
    {
        foreach (var number in NumbersIn(subject).ToList())
        {
            subject = subject.Replace(string.Create(CultureInfo.InvariantCulture, $"[#{number}]"), "", StringComparison.Ordinal)
                .Replace(string.Create(CultureInfo.InvariantCulture, $"【#{number}】"), "", StringComparison.Ordinal);
        }

        return subject;
    }

    /// <summary>The subject with the token of its ticket, once.</summary>
    public static string Subject(string subject, long number)
    {
        var token = string.Create(CultureInfo.InvariantCulture, $"[#{number}]");
        return subject.Contains(token, StringComparison.Ordinal) ? subject : $"{subject} {token}";
    }
}
