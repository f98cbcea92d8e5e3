using System.Globalization;
using System.Text;

namespace Solodesk.Mail.Imap;

/// <summary>Sets of UIDs as they are written: <c>1:3,7</c> (RFC 9051 §9, sequence-set).</summary>
internal static class UidSet
{
    private const int MaxExpanded = 10_000_000;

    /// <summary>The shortest set for UIDs in ascending order.</summary>
    public static string Write(IReadOnlyList<uint> uids)
    {
        var text = new StringBuilder();
        for (var i = 0; i < uids.Count;)
        {
            var last = i;
            while (last + 1 < uids.Count && uids[last + 1] == uids[last] + 1)
            {
                last++;
            }

            text.Append(text.Length > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{uids[i]}");
            if (last > i)
            {
                text.Append(CultureInfo.InvariantCulture, $":{uids[last]}");
            }

            i = last + 1;
        }

        return text.ToString();
    }

    /// <summary>All numbers of a set, in the order they stand; <see cref="FormatException"/> when it is none or absurdly large.</summary>
    public static List<uint> Read(string set)
    {
        var uids = new List<uint>();
        foreach (var part in set.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var first = Number(colon < 0 ? part : part[..colon]);
            var last = colon < 0 ? first : Number(part[(colon + 1)..]);
            var (from, to) = first <= last ? (first, last) : (last, first);
            if (uids.Count + (to - from + 1L) > MaxExpanded)
            {
                throw new FormatException("The server's set of messages is too large.");
            }

            for (var uid = (ulong)from; uid <= to; uid++)
            {
                uids.Add((uint)uid);
            }
        }

        return uids;
    }

    private static uint Number(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"“{text}” is no message number.");
}
