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
        if (OpenVariables(text).Count > 0)
        {
            // A customer must never read {{customer.name}}.
            return new Problem("bulk.variable");
        }

        var said = await reply.SayAsync(db, actor, new(ticket.Id, text, Internal: false), ct);
        return said.Problem;
    }

    /// <summary>What still stands between braces. Among many, nobody looks at each: what only looks like a variable is held back as well.</summary>
    public static IReadOnlyList<string> OpenVariables(string text)
    {
        var open = new List<string>();
        for (var at = 0; (at = text.IndexOf("{{", at, StringComparison.Ordinal)) >= 0;)
        {
            var end = text.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            open.Add(text[at..(end + 2)]);
            at = end + 2;
        }

        return [.. open.Distinct(StringComparer.Ordinal)];
    }
}
