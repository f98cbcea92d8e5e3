using Solodesk.Knowledge.Bot;
using Solodesk.Tickets;

namespace Solodesk.Knowledge.Suggest;

/// <summary>What a ticket still asks, as a subject and words to look for articles with.</summary>
internal static class OpenQuestion
{
    private const string Chat = "chat";

    /// <summary>
    /// A mail's subject says what it is about to its end. A chat's is only its first words, and the bot may have answered those long ago: there
    /// counts what was said since somebody answered last, the newest by itself too. Nothing is left where the bot's answer was the last thing and a person was asked for.
    /// </summary>
    public static (string Subject, string Body) Of(ReadTicket.View view, Message? asked)
    {
        if (view.Ticket.Channel != Chat)
        {
            return (view.Ticket.Subject, asked?.Body ?? "");
        }

        var answers = view.Events.Where(IsAnswer).Select(e => e.MessageId).ToHashSet();
        var open = view.Messages.Reverse().TakeWhile(m => !answers.Contains(m.Id) && m is not { Kind: MessageKind.Reply, Automatic: false })
            .Where(m => m.Kind == MessageKind.Inbound).Select(m => m.Body).ToList();
        return open is [var last, .. var before] ? (string.Join('\n', before.Reverse<string>()), last)
            : ("", view.Messages.LastOrDefault(m => m.IsPublic) is { Automatic: false } ? asked?.Body ?? "" : "");
    }

    /// <summary>The same where only the ticket's row is at hand.</summary>
    public static string SubjectOf(TicketRow row) => row.Channel == Chat ? "" : row.Subject;

    /// <summary>Whether the event says that the bot answered; it also asks back and passes on.</summary>
    public static bool IsAnswer(TicketEvent happened) => happened is { Kind: TicketEventKind.BotAnswered, To: BotReason.Answered };
}
