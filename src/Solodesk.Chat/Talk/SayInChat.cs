using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Files;
using Solodesk.Tickets;

namespace Solodesk.Chat.Talk;

/// <summary>
/// Takes what a visitor says: the first words open a ticket, all others go into it, and what was taken before is found again instead of
/// being taken twice. Runs inside the caller's transaction, because many are written in one.
/// </summary>
[UseCase]
internal sealed class SayInChat(Conversation conversation, ContinueTicket continues, ChatCustomer customers, ChatLog log, BotDesk bot, TimeProvider clock)
{
    public const int Longest = 8000;

    /// <summary>What a visitor says. The client's id is made by the widget and kept there until it knows that the words arrived.</summary>
    public sealed record Request(Visitor Visitor, string ClientId, string Text, IReadOnlyList<string> Files, VisitorContext Context)
    {
        /// <summary>What the widget had said by itself before the visitor wrote; from the settings, not from the visitor.</summary>
        public string? Invitation { get; init; }
    }

    /// <summary>Where it stands.</summary>
    public sealed record Said(Guid Conversation, Guid Ticket, long TicketNumber, long Seq, bool BotActive);

    public static Problem? Check(Request request)
        => request.ClientId.Length is < 8 or > 40 ? new Problem("chat.malformed")
            : request.Text.Length == 0 && request.Files.Count == 0 ? new Problem("message.empty")
            : request.Text.Length > Longest ? new Problem("chat.too_long", Longest)
            : request.Files.Count > FileLimits.MaxFiles ? new Problem("form.too_many_files", FileLimits.MaxFiles)
            : null;

    /// <summary>What is known of requests that are written in one transaction, and what has become of them so far.</summary>
    public sealed class Together
    {
        /// <summary>Messages that were taken before.</summary>
        public required IReadOnlySet<Guid> Taken { get; init; }

        /// <summary>The open conversations, by visitor.</summary>
        public required Dictionary<Guid, ChatConversation> Open { get; init; }

        /// <summary>The same words may stand twice in one batch.</summary>
        public Dictionary<Guid, Said> Said { get; } = [];
    }

    /// <summary>Reads at once what the steps of many would ask for one by one; their tickets and customers are found in the context then.</summary>
    public static async Task<Together> PrepareAsync(DeskDb db, IReadOnlyList<Request> requests, CancellationToken ct)
    {
        var messages = requests.Select(r => (Guid?)r.Visitor.MessageId(r.ClientId)).Distinct().ToList();
        var visitors = requests.Select(r => (Guid?)r.Visitor.Id).Distinct().ToList();
        var taken = await db.Set<ChatLine>().Where(l => messages.Contains(l.MessageId)).Select(l => l.MessageId!.Value).ToHashSetAsync(ct);
        var open = await db.Set<ChatConversation>().Where(c => visitors.Contains(c.OpenFor)).ToDictionaryAsync(c => c.OpenFor!.Value, ct);
        if (open.Count > 0)
        {
            var tickets = open.Values.Select(c => c.TicketId).ToList();
            var customers = (await db.Set<Ticket>().Where(t => tickets.Contains(t.Id)).ToListAsync(ct)).Select(t => t.CustomerId).Distinct().ToList();
            await db.Set<Customer>().Where(c => customers.Contains(c.Id)).LoadAsync(ct);
        }

        return new Together { Taken = taken, Open = open };
    }

    /// <param name="db">The caller's transaction.</param>
    /// <param name="request">What is said.</param>
    /// <param name="together">What <see cref="PrepareAsync"/> read for it in this transaction.</param>
    /// <param name="ct">Ends the writing.</param>
    public async Task<Result<Said>> StepAsync(DeskDb db, Request request, Together together, CancellationToken ct)
    {
        var visitor = request.Visitor;
        var messageId = visitor.MessageId(request.ClientId);
        if (together.Said.TryGetValue(messageId, out var now))
        {
            return now;
        }

        if (together.Taken.Contains(messageId))
        {
            return await FindAsync(db, messageId, ct);
        }

        // An article or a draft holds on to what it has: the addresses of its pictures are no secret.
        var files = request.Files.Count == 0 ? [] : await db.Set<Attachment>().Where(a => request.Files.Contains(a.Token) && a.MessageId == null && a.HolderId == null).ToListAsync(ct);
        if (files.Count < request.Files.Count && request.Text.Length == 0)
        {
            return new Problem("chat.files_gone");
        }

        var open = together.Open.GetValueOrDefault(visitor.Id);
        var (chat, ticket, actor) = open is null ? await OpenAsync(db, request, ct) : await GoOnAsync(db, open, request, ct);
        together.Open[visitor.Id] = chat;
        if (open is null && request.Invitation is { Length: > 0 } invitation)
        {
            var invited = await conversation.AnswerAsync(db, ticket, Actor.System, new NewMessage(MessageKind.Reply, invitation) { Channel = "chat", Automatic = true, Language = chat.Language }, ct);
            log.Add(db, chat, ChatLineKind.Bot, invited, bot: new BotLine { Kind = "Invitation" });
        }

        var message = await conversation.ReceiveAsync(db, ticket, actor, new NewMessage(MessageKind.Inbound, request.Text)
        {
            Id = messageId,
            Channel = "chat",
            Language = visitor.Language,
            FromAddress = visitor.Email,
            Attachments = files,
        }, ct);
        var line = log.Add(db, chat, ChatLineKind.Visitor, message, request.ClientId);
        if (chat.BotActive)
        {
            chat.BotDueAt = clock.GetUtcNow();
            Quiet(db, ticket);
        }

        var said = new Said(chat.Id, ticket.Id, ticket.Number, line.Seq, chat.BotActive);
        together.Said.Add(messageId, said);
        return said;
    }

    private static Task<Said> FindAsync(DeskDb db, Guid messageId, CancellationToken ct)
        => (from line in db.Set<ChatLine>()
            where line.MessageId == messageId
            join chat in db.Set<ChatConversation>() on line.ConversationId equals chat.Id
            join ticket in db.Set<Ticket>() on chat.TicketId equals ticket.Id
            select new Said(chat.Id, ticket.Id, ticket.Number, line.Seq, chat.BotActive)).SingleAsync(ct);

    private async Task<(ChatConversation, Ticket, Actor)> OpenAsync(DeskDb db, Request request, CancellationToken ct)
    {
        var visitor = request.Visitor;
        var customer = await customers.FindAsync(db, visitor, ct);
        var actor = Actor.Customer(customer.Id, customer.Name);
        var ticket = await conversation.OpenAsync(db, actor, new NewTicket(SubjectOf(request.Text, customer.Name), customer.Id, "chat")
        {
            OrganizationId = customer.OrganizationId,
            Language = visitor.Language,
            Spam = customer.Blocked,
        }, ct);
        customer.TicketCount++;
        return (await StartAsync(db, request, ticket, ct), ticket, actor);
    }

    private async Task<(ChatConversation, Ticket, Actor)> GoOnAsync(DeskDb db, ChatConversation open, Request request, CancellationToken ct)
    {
        if (await db.Set<Ticket>().FindAsync([open.TicketId], ct) is not { } ticket)
        {
            // Erased with its customer: the visitor begins anew.
            open.OpenFor = null;
            await db.SaveChangesAsync(ct);
            return await OpenAsync(db, request, ct);
        }

        for (var hop = 0; ticket.MergedIntoId is { } target && hop < 10; hop++)
        {
            ticket = await db.Set<Ticket>().FindAsync([target], ct) ?? ticket;
            open.TicketId = ticket.Id;
        }

        open.Context = request.Context.Since(open.Context);
        var customer = await db.Set<Customer>().FindAsync([ticket.CustomerId], ct) ?? throw new InvalidOperationException("The customer of a ticket is gone");
        customer.SeenAt = clock.GetUtcNow();
        var actor = Actor.Customer(customer.Id, customer.Name);
        var next = await continues.ForAnswerAsync(db, ticket, actor, "chat", ct);
        if (next == ticket)
        {
            return (open, ticket, actor);
        }

        // That matter was closed long ago: the new one is a conversation of its own.
        customer.TicketCount++;
        open.OpenFor = null;
        await db.SaveChangesAsync(ct); // The unique place must be free before the next row takes it.
        return (await StartAsync(db, request, next, ct), next, actor);
    }

    private async Task<ChatConversation> StartAsync(DeskDb db, Request request, Ticket ticket, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var chat = new ChatConversation
        {
            Id = Ids.New(clock),
            VisitorId = request.Visitor.Id,
            OpenFor = request.Visitor.Id,
            TicketId = ticket.Id,
            Language = request.Visitor.Language,
            SiteUser = request.Visitor.SiteUser,
            Context = request.Context,
            BotActive = await bot.AnswersFirstAsync(ct),
            StartedAt = now,
            SeenAt = now,
        };
        db.Add(chat);
        return chat;
    }

    // While the bot speaks, each question would bring the ticket back before the founder, and each answer take it away.
    private static void Quiet(DeskDb db, Ticket ticket)
    {
        foreach (var reopened in db.ChangeTracker.Entries<TicketEvent>()
            .Where(e => e.State == EntityState.Added && e.Entity.TicketId == ticket.Id && e.Entity.Kind == TicketEventKind.Reopened).ToList())
        {
            reopened.State = EntityState.Detached;
        }
    }

    private static string SubjectOf(string text, string otherwise)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        return line.Length == 0 ? otherwise : Conversation.Shorten(line.ToString(), 80);
    }
}
