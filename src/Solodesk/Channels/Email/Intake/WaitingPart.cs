using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Solodesk.Mail.Reading;

namespace Solodesk.Channels.Email.Intake;

/// <summary>What the ledger notes of a part while it waits for the others.</summary>
internal static class WaitingPart
{
    private const string Unknown = "?";

    /// <summary>All parts of one mail have it. The sender is in it, so that nobody puts a part into the mail of another.</summary>
    public static string NameOf(Letter letter, PartialMail part)
        => "part:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{letter.Author?.Address.ToLowerInvariant()}\n{part.Id}")));

    /// <summary>Which part it is and of how many, as it stands in the ledger.</summary>
    public static string Number(PartialMail part)
        => MailProblems.With(MailProblems.Part, string.Create(CultureInfo.InvariantCulture, $"{part.Number}/{part.Total?.ToString(CultureInfo.InvariantCulture) ?? Unknown}"));

    /// <summary>Number and total of a note of <see cref="Number"/>; null for any other note.</summary>
    public static (string Number, string Total)? Read(string? note)
        => note?.Split(' ', '/') is [MailProblems.Part, var number, var total] ? (number, total) : null;

    /// <summary>Whether these notes of <see cref="Number"/> are all parts of a mail: only the last part has to say how many there are.</summary>
    public static bool AreAll(IEnumerable<string?> notes)
    {
        var seen = new HashSet<int>();
        var total = 0;
        foreach (var note in notes)
        {
            if (Read(note) is not var (number, of) || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var which))
            {
                continue;
            }

            seen.Add(which);
            if (int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out var all))
            {
                total = all;
            }
        }

        return total > 0 && seen.Count == total && seen.Max() == total;
    }

    /// <summary>What is our own, or older than the mailbox's connection, does not wait.</summary>
    public static async Task<Verdict?> JudgeAsync(Filing filing, IReadOnlyList<IIntakeFilter> filters, CancellationToken ct)
    {
        foreach (var filter in filters.Where(f => f is OwnMailFilter or PastFilter))
        {
            if (await filter.JudgeAsync(filing, ct) is { } verdict)
            {
                return verdict;
            }
        }

        return null;
    }
}
