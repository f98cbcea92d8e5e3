using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Knowledge.Ai;
using Solodesk.Tickets;
using Solodesk.Text.Languages;
using Solodesk.Ui;

namespace Solodesk.Knowledge.Digest;

/// <summary>The translations of one conversation, read once for a page however many messages it shows.</summary>
internal sealed class TicketTranslations(IDbContextFactory<DeskDb> dbs, Settings settings)
{
    private Dictionary<Guid, string>? _known;
    private Guid _ticket;

    public static string Reader => Phrases.Known(CultureInfo.CurrentUICulture.Name);

    /// <summary>Whether the reader would want one: a customer's words in another language than theirs.</summary>
    public static bool IsForeign(Message message)
    {
        if (message.Kind != MessageKind.Inbound || !message.Body.Any(char.IsLetter))
        {
            return false;
        }

        var code = LanguageDetector.Detect(message.Body) is { Code: not "und" } detected ? detected.Code : message.Language ?? "und";
        return code != "und" && (Reader == "en" ? !code.StartsWith("en", StringComparison.Ordinal) : !code.StartsWith("zh", StringComparison.Ordinal));
    }

    public async ValueTask<bool> CanTranslateAsync(CancellationToken ct) => (await settings.ReadAsync<AiSettings>(ct)).IsOn;

    public async ValueTask<string?> OfAsync(Message message, CancellationToken ct)
    {
        if (_known is null || _ticket != message.TicketId)
        {
            var (ticket, language) = (message.TicketId, Reader);
            await using var db = await dbs.CreateDbContextAsync(ct);
            // By where the message stands now: it may have been split off or merged since.
            var texts = await db.Set<AiText>().AsNoTracking().Where(t => t.Kind == AiText.Translation && t.Language == language && db.Set<Message>().Any(m => m.Id == t.SubjectId && m.TicketId == ticket)).ToListAsync(ct);
            _known = texts.ToDictionary(t => t.SubjectId, t => t.Parts.GetValueOrDefault("text", ""));
            _ticket = ticket;
        }

        return _known.GetValueOrDefault(message.Id);
    }
}
