using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Channels.Email.OAuth;
using Solodesk.Mail.Net;

namespace Solodesk.Channels.Email;

/// <summary>Connects a mail account: tests it, notes how far its inbox has come, and starts to fetch what arrives from then on.</summary>
[UseCase]
public sealed class AddMailbox(DeskWriter writer, TestMailbox test, MailAccess access, MailboxSignal signal, TimeProvider clock)
{
    public sealed record Request(TestMailbox.Request Connection)
    {
        /// <summary>The name in From; empty takes the address alone.</summary>
        public string SenderName { get; init; } = "";

        /// <summary>Also make tickets of what already lies in the inbox.</summary>
        public bool ImportPast { get; init; }

        /// <summary>The access that a provider granted instead of a password.</summary>
        public OAuthGrant? Grant { get; init; }

        /// <summary>Keep it even though the test fails: the desk goes on trying.</summary>
        public bool EvenIfUnreachable { get; init; }
    }

    /// <summary>What became of it: the id is null when the test failed and nothing was kept.</summary>
    public sealed record Added(Guid? Id, TestMailbox.Report Report);

    public async Task<Result<Added>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (request.Grant is { } granted)
        {
            var user = request.Connection.UserName.Trim() is { Length: > 0 } own ? own : request.Connection.Address.Trim();
            request = request with { Connection = request.Connection with { OAuth = granted.Provider, Bearer = MailCredentials.Bearer(user, granted.Tokens.AccessToken) } };
        }

        var tested = await test.RunAsync(actor, request.Connection, ct);
        if (!tested.Ok)
        {
            return tested.Problem;
        }

        if (!tested.Value.Ok && !request.EvenIfUnreachable)
        {
            return new Added(null, tested.Value);
        }

        var typed = request.Connection.Completed();
        var normal = CustomerAddress.Normalize(AddressKind.Email, typed.Address);
        var added = await writer.RunAsync<Added>(async db =>
        {
            if (await db.Set<Mailbox>().AnyAsync(m => m.Address == normal, ct))
            {
                return new Problem("mailbox.known", normal) { Field = "address" };
            }

            var inbox = tested.Value.Inbox;
            var mailbox = new Mailbox
            {
                Id = Ids.New(clock),
                Address = normal,
                SenderName = request.SenderName.Trim(),
                UserName = typed.UserName,
                Secret = request.Grant is null ? access.Protect(typed.Password) : "",
                OAuth = request.Grant?.Provider,
                OAuthTokens = request.Grant is { } grant ? access.Seal(grant.Tokens) : "",
                SignedInAt = request.Grant is null ? null : clock.GetUtcNow(),
                ImapHost = typed.ImapHost,
                ImapPort = typed.ImapPort,
                ImapSecurity = typed.ImapSecurity,
                SmtpHost = typed.SmtpHost,
                SmtpPort = typed.SmtpPort,
                SmtpSecurity = typed.SmtpSecurity,
                ImportPast = request.ImportPast,
                // Without a look into the inbox the first connection finds the place by the dates.
                UidValidity = inbox?.UidValidity ?? 0,
                LastUid = inbox is null || request.ImportPast || inbox.UidNext == 0 ? 0 : inbox.UidNext - 1,
                CreatedAt = clock.GetUtcNow(),
                Problem = tested.Value.Imap.Reason,
                ProblemDetail = tested.Value.Imap.Detail,
            };
            if (inbox is { UidNext: 0 })
            {
                mailbox.UidValidity = 0;
            }

            db.Add(mailbox);
            db.Add(AuditEntry.Of(actor, mailbox.CreatedAt, "mailbox.added", normal));
            return new Added(mailbox.Id, tested.Value);
        }, ct);
        signal.Raise();
        return added;
    }
}
