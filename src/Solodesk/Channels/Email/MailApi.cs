using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Channels.Email.Intake;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Files;
using Solodesk.Ui;

namespace Solodesk.Channels.Email;

/// <summary>Mail that comes by a pipe instead of a mailbox: an MTA hands in one raw message and hears what became of it.</summary>
internal sealed class MailApi : IEndpoints
{
    /// <summary>What became of the mail.</summary>
    /// <param name="Outcome">created, appended, bounce, auto_reply, list, duplicate, spam, or part (of a mail that was sent in several; the others are waited for).</param>
    /// <param name="Ticket">The ticket it belongs to, or null.</param>
    /// <param name="Message">The message made of it, or null.</param>
    /// <param name="WouldAutoReply">Whether the desk may answer it by itself.</param>
    public sealed record Answer(string Outcome, TicketRef? Ticket, MessageRef? Message, [property: JsonPropertyName("would_auto_reply")] bool WouldAutoReply);

    public sealed record TicketRef(Guid Id, long Number);

    public sealed record MessageRef(Guid Id);

    public void Map(IEndpointRouteBuilder routes)
        => routes.MapApi("mail", "Mail").MapPost("/raw", ReceiveAsync)
            .Gives<Answer>(Scopes.MailWrite, "Files one raw message (RFC 5322), as an MTA pipe hands it over")
            .Accepts<byte[]>("message/rfc822", "application/octet-stream", "text/plain")
            .WithName("ReceiveRawMail")
            .WithMetadata(new DisableRequestSizeLimitAttribute());

    private static async Task<IResult> ReceiveAsync(
        HttpContext context, string? mailbox, [FromServices] ReceiveMail receive, [FromServices] IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        if (!context.User.ToActor().CanWork)
        {
            return Problem.Forbidden.ToAnswer();
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null; // The intake has its own limit, with words of its own.
        }

        try
        {
            var first = new byte[1];
            if (await context.Request.Body.ReadAsync(first, ct) == 0)
            {
                return new Problem("mail.empty").ToAnswer();
            }

            await using var body = new Rest(first[0], context.Request.Body);
            var filed = await receive.RunAsync(ReceiveMail.Seen.Piped(await FindAsync(dbs, mailbox, ct)), body, ct);
            return ToAnswer(filed);
        }
        catch (FileTooLargeException e)
        {
            return new Problem("mail.too_large", Sizes.Of(e.Limit)).ToAnswer();
        }
    }

    internal static IResult ToAnswer(FiledMail filed) => filed.Outcome is MailOutcome.Failed or MailOutcome.Stored
        ? new ProblemAnswer(new Problem("mail.kept"), StatusCodes.Status503ServiceUnavailable)
        : TypedResults.Ok(AnswerOf(filed));

    private static Answer AnswerOf(FiledMail filed) => new(
        filed.Outcome switch
        {
            MailOutcome.Created => "created",
            MailOutcome.Appended => "appended",
            MailOutcome.Bounce => "bounce",
            MailOutcome.AutoReply => "auto_reply",
            MailOutcome.List => "list",
            MailOutcome.Part => "part",
            MailOutcome.Spam => "spam",
            // What we sent ourselves is on record already.
            MailOutcome.Duplicate or MailOutcome.Skipped => "duplicate",
            MailOutcome.Stored or MailOutcome.Failed => throw new InvalidOperationException("Not filed"),
        },
        filed is { TicketId: { } ticket, TicketNumber: { } number } ? new TicketRef(ticket, number) : null,
        filed.MessageId is { } message ? new MessageRef(message) : null,
        filed.WouldAutoReply);

    /// <summary>The mailbox by address or id; an unknown one falls back to the desk's first, and a desk without mailboxes needs none.</summary>
    private static async Task<Guid?> FindAsync(IDbContextFactory<DeskDb> dbs, string? mailbox, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var known = await db.Set<Mailbox>().AsNoTracking().OrderBy(m => m.CreatedAt).Select(m => new { m.Id, m.Address }).ToListAsync(ct);
        var asked = CustomerAddress.Normalize(AddressKind.Email, mailbox ?? "");
        return (known.Find(m => m.Address == asked || m.Id.ToString() == asked) ?? known.FirstOrDefault())?.Id;
    }

    /// <summary>The body with the byte that was read to see whether there is one.</summary>
    private sealed class Rest(byte first, Stream body) : Stream
    {
        private bool _given;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_given || buffer.IsEmpty)
            {
                return await body.ReadAsync(buffer, cancellationToken);
            }

            _given = true;
            buffer.Span[0] = first;
            return 1;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously");
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
