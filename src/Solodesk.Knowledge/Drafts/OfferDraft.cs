using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Ai;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.HelpCentre;
using Solodesk.Knowledge.Suggest;
using Solodesk.Tickets;

namespace Solodesk.Knowledge.Drafts;

/// <summary>What stands above the composer of a ticket: a draft, or the article's own answer where no service writes any.</summary>
[UseCase]
internal sealed class OfferDraft(DraftReply drafts, AnswerQuestion answers, AnswerIndex index, Settings settings)
{
    /// <summary>Below this the articles beside the ticket are enough.</summary>
    public const double GoodEnough = 0.6;

    /// <param name="Text">What can be taken, as a customer would read it; empty when there is nothing to take.</param>
    /// <param name="Marked">The same with its marks.</param>
    /// <param name="Sources">What it is from.</param>
    /// <param name="Language">Of the text.</param>
    /// <param name="State">What became of it; null when nothing was asked for yet.</param>
    /// <param name="Written">Whether a service wrote it; else it is the article's own words.</param>
    /// <param name="CanWrite">Whether a service is there to write one.</param>
    /// <param name="Others">How many other extracted answers fit as well.</param>
    public sealed record Offer(string Text, string Marked, IReadOnlyList<ReplyDraft.Source> Sources, string Language, ReplyDraftState? State, bool Written, bool CanWrite, int Others);

    /// <param name="Card">The article.</param>
    /// <param name="Text">What it answers, as a customer would read it.</param>
    /// <param name="Certainty">How sure we are, 0 to 1.</param>
    public sealed record Extract(ArticleCard Card, string Text, double Certainty);

    /// <summary>The best article's own answer to what was said last; null when none is good enough, or when it was dropped or taken before.</summary>
    public async Task<Extract?> ExtractAsync(TicketRow row, Message asked, CancellationToken ct)
        => index.Ready.IsCompleted && await drafts.FindAsync(row.Id, asked.Id, ct) is null or { State: not (ReplyDraftState.Dropped or ReplyDraftState.Taken) }
            && !await drafts.IsAnsweredAsync(row.Id, asked, ct)
            && await ExtractAsync(OpenQuestion.SubjectOf(row), asked.Body, row.Language, ct) is [var best, ..]
            ? best
            : null;

    /// <summary>Null when nobody waits for an answer.</summary>
    public async Task<Offer?> RunAsync(ReadTicket.View view, int choice, CancellationToken ct)
    {
        if (view.Ticket.IsDone || Talk.Open(view.Messages) is not { } asked)
        {
            return null;
        }

        var canWrite = (await settings.ReadAsync<AiSettings>(ct)).IsOn;
        var draft = await drafts.FindAsync(view.Ticket.Id, asked.Id, ct);
        if (draft is { State: ReplyDraftState.Offered or ReplyDraftState.Taken, Text.Length: > 0 })
        {
            return new(draft.State == ReplyDraftState.Offered ? DraftReply.Clean(draft.Text) : "", draft.Text, [.. draft.Sources.Where(s => s.Cited)], draft.Language, draft.State, true, canWrite, 0);
        }

        if (draft is { State: ReplyDraftState.Dropped or ReplyDraftState.Taken } || !index.Ready.IsCompleted)
        {
            return new("", "", [], "", draft?.State, false, canWrite, 0);
        }

        var (subject, body) = OpenQuestion.Of(view, asked);
        var found = await ExtractAsync(subject, body, view.Ticket.Language, ct);
        if (found.Count == 0)
        {
            return new("", "", [], "", draft?.State, false, canWrite, 0);
        }

        var (card, text, _) = found[Math.Abs(choice % found.Count)];
        return new(text, text, [new(card.ArticleId, card.Number, card.Title, !card.IsPublic, true)], card.Language, draft?.State, false, canWrite, found.Count - 1);
    }

    private async Task<IReadOnlyList<Extract>> ExtractAsync(string subject, string body, string? spoken, CancellationToken ct)
    {
        var question = $"{subject}\n{body}";
        var language = AnswerIndex.LanguageOf(question, spoken);
        IReadOnlyList<HelpHit> hits = await Suggestions.ForAsync(answers, subject, body, language, 3, Audience.Desk, ct);
        return [.. hits.Where(h => h.Certainty >= GoodEnough).Select(h => new Extract(h.Card, AnswerText.Of(h.Card, question, index.Synonyms), h.Certainty))];
    }
}
