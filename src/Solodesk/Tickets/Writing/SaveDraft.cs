using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Writing;

/// <summary>
/// Keeps what an agent has begun to write. The newest wins; when it was begun on an older version, the version between stays beside it and
/// is offered, so that two open windows never cost a word.
/// </summary>
[UseCase]
public sealed class SaveDraft(DeskWriter writer, IDatabase database, TimeProvider clock)
{
    private const int LongestText = 200_000;

    public sealed record Request(Guid Ticket, string Markdown)
    {
        public WriteMode Mode { get; init; }
        public IReadOnlyList<string> To { get; init; } = [];
        public IReadOnlyList<string> Cc { get; init; } = [];
        public IReadOnlyList<string> Bcc { get; init; } = [];
        public Guid? ForwardOf { get; init; }

        /// <summary>The revision that this was written on; null when the writer knew of none.</summary>
        public long? Revision { get; init; }

        /// <summary>Uploaded files that belong to it.</summary>
        public IReadOnlyList<Guid> AttachmentIds { get; init; } = [];
    }

    /// <param name="Revision">The number of this version; 0 when there is no draft any more.</param>
    /// <param name="At">When it was saved.</param>
    /// <param name="Other">Another version that was written elsewhere.</param>
    public sealed record Saved(long Revision, DateTimeOffset At, string? Other);

    public async Task<Result<Saved>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanWork || actor.Id is not { } agent)
        {
            return Problem.Forbidden;
        }

        if (request.Markdown.Length > LongestText)
        {
            return new Problem("draft.too_long", LongestText) { Field = "markdown" };
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await writer.RunAsync(db => SaveAsync(db, agent, request, ct), ct);
            }
            catch (DbUpdateException e) when (attempt < 3 && database.IsDuplicate(e))
            {
                // Two windows began at the same moment: the second one finds the first one's row now.
            }
        }
    }

    public async Task<Result<Done>> DropAsync(Actor actor, Guid ticket, CancellationToken ct)
        => !actor.CanWork || actor.Id is not { } agent ? Problem.Forbidden : await writer.RunAsync<Done>(async db =>
        {
            await ClearAsync(db, agent, ticket, ct);
            return Done.It;
        }, ct);

    /// <summary>Inside a transaction: the words have left, or were given up.</summary>
    internal static async Task ClearAsync(DeskDb db, Guid? agent, Guid ticket, CancellationToken ct)
    {
        if (agent is null || await db.Set<Draft>().SingleOrDefaultAsync(d => d.AgentId == agent && d.TicketId == ticket, ct) is not { } draft)
        {
            return;
        }

        await db.Set<Attachment>().Where(a => a.HolderId == draft.Id && a.MessageId == null).ExecuteUpdateAsync(s => s.SetProperty(a => a.HolderId, (Guid?)null), ct);
        db.Remove(draft);
    }

    private async Task<Result<Saved>> SaveAsync(DeskDb db, Guid agent, Request request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!await db.Set<Ticket>().AnyAsync(t => t.Id == request.Ticket, ct))
        {
            return Problem.NotFound("ticket");
        }

        var draft = await db.Set<Draft>().SingleOrDefaultAsync(d => d.AgentId == agent && d.TicketId == request.Ticket, ct);
        if (string.IsNullOrWhiteSpace(request.Markdown) && request.AttachmentIds.Count == 0)
        {
            // An emptied field is no reason to lose what another window wrote since.
            if (draft is null || (request.Revision is { } known && known != draft.Revision))
            {
                return new Saved(draft?.Revision ?? 0, now, draft?.Markdown);
            }

            await ClearAsync(db, agent, request.Ticket, ct);
            return new Saved(0, now, null);
        }

        if (draft is null)
        {
            draft = new Draft { Id = Ids.New(clock), AgentId = agent, TicketId = request.Ticket };
            db.Add(draft);
        }
        else if (request.Revision != draft.Revision && draft.Markdown != request.Markdown && draft.Markdown.Length > 0)
        {
            (draft.Other, draft.OtherAt) = (draft.Markdown, draft.UpdatedAt);
        }

        draft.Mode = request.Mode;
        draft.Markdown = request.Markdown;
        draft.To = [.. request.To];
        draft.Cc = [.. request.Cc];
        draft.Bcc = [.. request.Bcc];
        draft.ForwardOf = request.ForwardOf;
        draft.Other = draft.Other == draft.Markdown ? null : draft.Other;
        draft.Revision++;
        draft.UpdatedAt = now;
        await db.Set<Attachment>().Where(a => a.HolderId == draft.Id && a.MessageId == null && !request.AttachmentIds.Contains(a.Id))
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.HolderId, (Guid?)null), ct);
        await db.Set<Attachment>().Where(a => a.MessageId == null && a.HolderId == null && request.AttachmentIds.Contains(a.Id))
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.HolderId, draft.Id), ct);
        return new Saved(draft.Revision, now, draft.Other);
    }
}
