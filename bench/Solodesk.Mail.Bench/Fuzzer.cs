using System.Diagnostics;
using System.Text;
using Solodesk.Mail.Html;
using Solodesk.Mail.Reading;
using Solodesk.Mail.Replies;

namespace Solodesk.Mail.Bench;

/// <summary>
/// Mutates the mails of the corpus and reads them, and takes their bodies and those of the reply corpus apart: an exception, a mail that takes more than two seconds of processor time, or more
/// memory than the 200 MB that this program's heap is limited to is a finding, written with its seed and saved as a file.
/// The same seed makes the same mails.
/// </summary>
internal static class Fuzzer
{
    private const double SlowSeconds = 2;

    public static int Run(double minutes, int seed, string corpus)
    {
        var (mails, bodies) = (Mails(corpus), Bodies(corpus));
        var watch = Stopwatch.StartNew();
        long count = 0, bytes = 0, heap = 0;
        var findings = 0;
        double slowest = 0;
        var slowestId = 0;
        while (watch.Elapsed.TotalMinutes < minutes && findings < 20)
        {
            var id = seed + (int)count;
            var mutant = Mutant(id, mails, bodies);
            count++;
            bytes += mutant.Length;
            // The processor's time, not the clock's: a busy machine is no finding.
            var start = Environment.CpuUsage.TotalTime;
            try
            {
                ReadAll(mutant);
            }
            catch (Exception e)
            {
                findings++;
                Report(id, mutant, e.ToString());
            }
            var took = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
            if (took > SlowSeconds)
            {
                findings++;
                Report(id, mutant, $"took {took:N1} s");
            }
            if (took > slowest)
            {
                slowest = took;
                slowestId = id;
            }
            if (count % 500 == 0) heap = Math.Max(heap, GC.GetTotalMemory(forceFullCollection: false));
        }
        Console.WriteLine($"{count:N0} mails, {bytes / 1e6:N0} MB in {watch.Elapsed.TotalMinutes:N1} minutes, seed {seed}: {findings} findings; slowest {slowest * 1000:N0} ms (seed {slowestId}), largest heap {heap / 1048576.0:N0} MB, peak working set {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:N0} MB");
        return findings == 0 ? 0 : 1;
    }

    /// <summary>Makes the mail of one seed again, saves it, and says where the time goes.</summary>
    public static int Show(int seed, string corpus)
    {
        var mutant = Mutant(seed, Mails(corpus), Bodies(corpus));
        Report(seed, mutant, $"{mutant.Length:N0} bytes");
        ParsedMail mail = null!;
        Time("read", () => mail = MailReader.Read(mutant));
        Time("header values", () => mail.Headers.Sum(h => h.Value.Length));
        Time("sanitised", () => mail.Html is null ? null : HtmlSanitizer.Sanitize(mail.Html));
        Time("as text", () => mail.Html is null ? null : HtmlText.ToPlainText(mail.Html));
        Time("reply from the text", () => ReplyExtractor.FromText(mail.Text));
        Time("reply from the HTML", () => mail.Html is null ? null : ReplyExtractor.FromHtml(mail.Html));
        Time("attachments", () => mail.Attachments.Sum(a => a.Size));
        mail.Dispose();
        return 0;

        static void Time(string what, Func<object?> action)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            Console.WriteLine($"  {what}: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:N1} ms");
        }
    }

    private static byte[][] Mails(string corpus) => [.. Directory.GetFiles(corpus, "*.eml").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    /// <summary>The bodies of the reply corpus beside it, each as a mail.</summary>
    private static byte[][] Bodies(string corpus) =>
    [
        .. Directory.GetFiles(Path.Combine(corpus, "..", "Replies", "Corpus"), "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".expected.txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(f => (byte[])[.. Encoding.ASCII.GetBytes($"Subject: x\r\nContent-Type: text/{(f.EndsWith(".html", StringComparison.Ordinal) ? "html" : "plain")}; charset=utf-8\r\n\r\n"), .. File.ReadAllBytes(f)]),
    ];

    /// <summary>Every third mail is a reply.</summary>
    private static byte[] Mutant(int id, byte[][] mails, byte[][] bodies) => new Mutator(new Random(id), id % 3 == 0 ? bodies : mails).Make();

    /// <summary>Touches everything that is computed lazily.</summary>
    private static void ReadAll(byte[] raw)
    {
        using var mail = MailReader.Read(raw);
        foreach (var header in mail.Headers) _ = header.Value.Length + header.Raw.Length;
        foreach (var attachment in mail.Attachments) _ = attachment.SafeName;
        MailReport.WriteJsonLine(Stream.Null, "fuzz", mail, m => Covered(ReplyExtractor.FromText(m.Text)).Reply);
        if (mail.Html is not null) Covered(ReplyExtractor.FromHtml(mail.Html).Rendered);
        PartialMail.Join([raw]);
        if (mail.Html is not null) HtmlText.ToPlainText(mail.Html, new HtmlTextOptions { LinkTargets = true });
    }

    /// <summary>Nothing of a body may be lost: its spans cover it without a gap.</summary>
    private static ExtractedReply Covered(ExtractedReply reply)
    {
        var at = 0;
        foreach (var span in reply.Spans)
        {
            if (span.Start != at || span.Length <= 0) throw new InvalidOperationException($"A gap in the spans at {at}.");
            at += span.Length;
        }
        return at == reply.Text.Length ? reply : throw new InvalidOperationException("The spans end before the text.");
    }

    private static void Report(int id, byte[] mutant, string what)
    {
        var path = Path.Combine(Path.GetTempPath(), $"mail-fuzz-{id}.eml");
        File.WriteAllBytes(path, mutant);
        Console.WriteLine($"seed {id}: {what}\n  saved as {path}");
    }
}
