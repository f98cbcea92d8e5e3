namespace Solodesk.Ui;

/// <summary>
/// Why a delivery or a connection failed, as it is kept: a key below <c>mail.problem.</c> and, after a blank, what the other side said. It is
/// put into words when it is shown, in the language of the one who looks.
/// </summary>
public static class KeptReason
{
    public static string InWords(Phrases phrases, string? kept, string host = "", int port = 0)
    {
        if (string.IsNullOrEmpty(kept))
        {
            return "";
        }

        var blank = kept.IndexOf(' ', StringComparison.Ordinal);
        var (reason, detail) = blank < 0 ? (kept, "") : (kept[..blank], kept[(blank + 1)..]);
        var key = $"mail.problem.{reason}";
        if (!phrases.Has(Phrases.Fallback, key))
        {
            return kept;
        }

        var said = phrases[key, host.Length > 0 ? host : phrases["mail.the_server"], port];
        // A reason may hold another: gave up, because the server was busy.
        return detail.Length == 0 ? said : phrases["mail.problem_and_words", said, InWords(phrases, detail, host, port)];
    }
}
