using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets.Preparing;

namespace Solodesk.Tickets.Bulk;

/// <summary>One of many answers: the text with this ticket's own values, sent as its own mail by the use case that sends every answer.</summary>
[UseCase]
internal sealed class AnswerMany(ReplyToTicket reply, TemplateValues values)
{
    /// <summary>Says it in the caller's transaction; why not, when something is missing.</summary>
    public async Task<Problem?> SayAsync(DeskDb db, Actor actor, Ticket ticket, string markdown, string host, CancellationToken ct)
    {
        if (ticket.MergedIntoId is not null)
        {
            return new Problem("bulk.merged");
        }

        if (ticket.Spam)
        {
            return new Problem("bulk.spam");
        }

        if (!await db.Set<CustomerAddress>().AnyAsync(a => a.CustomerId == ticket.CustomerId, ct))
        {
            return new Problem("bulk.no_address");
        }

        var text = TemplateText.Fill(markdown, await values.OfAsync(db, actor, ticket, host, ct));
        if (HasOpenVariables(text))
        {
            // A customer must never read {{customer.name}}.
            return new Problem("bulk.variable");
        }

        var said = await reply.SayAsync(db, actor, new(ticket.Id, text, Internal: false), ct);
        return said.Problem;
    }

    // Among many, nobody looks at each: what only looks like a variable is held back as well.
    public static bool HasOpenVariables(string text)
        => text.IndexOf("{{", StringComparison.Ordinal) is >= 0 and var at && text.IndexOf("}}", at, StringComparison.Ordinal) >= 0;
}
