using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Channels.Email.OAuth;
using Solodesk.Mail.Net;

namespace Solodesk.Channels.Email;

/// <summary>Changes how a mailbox is reached, or switches it off and on. An empty password keeps the one that is known.</summary>
[UseCase]
public sealed class ChangeMailbox(DeskWriter writer, IDbContextFactory<DeskDb> dbs, TestMailbox test, MailAccess access, MailboxSignal signal, TimeProvider clock)
{
    public sealed record Request(Guid Mailbox, TestMailbox.Request Connection)
    {
        public string SenderName { get; init; } = "";
        public bool Active { get; init; } = true;

        /// <summary>Access that a provider has just granted: it takes the place of the password or of older access.</summary>
        public OAuthGrant? Grant { get; init; }
        public bool EvenIfUnreachable { get; init; }
    }

    /// <summary>Gives back the report; when it is not good and was not waved through, nothing was changed.</summary>
    public async Task<Result<TestMailbox.Report>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        await using (var reading = await dbs.CreateDbContextAsync(ct))
        {
            var known = await reading.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == request.Mailbox, ct);
            if (known is null)
            {
                return Problem.NotFound("mailbox");
            }

            if (request.Grant is { } grant)
            {
                request = request with { Connection = request.Connection with { OAuth = grant.Provider, Bearer = MailCredentials.Bearer(request.Connection.UserName, grant.Tokens.AccessToken) } };
            }
            else if (request.Connection.Password.Length == 0 && known.OAuth is not null)
            {
                request = request with { Connection = request.Connection with { OAuth = known.OAuth, UserName = known.UserName, Bearer = access.CredentialsOf(known) } };
            }
            else if (request.Connection.Password.Length == 0)
            {
                request = request with { Connection = request.Connection with { Password = access.Reveal(known) ?? "" } };
            }
        }

        var tested = await test.RunAsync(actor, request.Connection, ct);
        if (!tested.Ok)
        {
            return tested.Problem;
        }

        if (!tested.Value.Ok && request.Active && !request.EvenIfUnreachable)
        {
            return tested.Value;
        }

        var typed = request.Connection.Completed();
        var changed = await writer.RunAsync<TestMailbox.Report>(async db =>
        {
            var mailbox = await db.Set<Mailbox>().SingleAsync(m => m.Id == request.Mailbox, ct);
            if (mailbox.UidValidity != 0 && (mailbox.ImapHost != typed.ImapHost || mailbox.UserName != typed.UserName))
            {
                // Another account has other numbers: begin where its inbox stands now. One that was never looked into begins with the day it was added.
                var inbox = tested.Value.Inbox;
                mailbox.UidValidity = inbox?.UidValidity ?? 0;
                mailbox.LastUid = inbox is { UidNext: > 0 } ? inbox.UidNext - 1 : 0;
            }

            mailbox.SenderName = request.SenderName.Trim();
            mailbox.UserName = typed.UserName;
            if (request.Grant is { } grant)
            {
                (mailbox.OAuth, mailbox.OAuthTokens, mailbox.SignedInAt, mailbox.Secret) = (grant.Provider, access.Seal(grant.Tokens), clock.GetUtcNow(), "");
            }
            else if (typed.Bearer is null)
            {
                // A password that was typed takes the place of the provider's sign-in.
                (mailbox.OAuth, mailbox.OAuthTokens, mailbox.SignedInAt, mailbox.Secret) = (null, "", null, access.Protect(typed.Password));
            }

            mailbox.ImapHost = typed.ImapHost;
            mailbox.ImapPort = typed.ImapPort;
            mailbox.ImapSecurity = typed.ImapSecurity;
            mailbox.SmtpHost = typed.SmtpHost;
            mailbox.SmtpPort = typed.SmtpPort;
            mailbox.SmtpSecurity = typed.SmtpSecurity;
            mailbox.Active = request.Active;
            db.Add(AuditEntry.Of(actor, clock.GetUtcNow(), "mailbox.changed", mailbox.Address));
            mailbox.Problem = tested.Value.Imap.Reason ?? tested.Value.Smtp.Reason;
            mailbox.ProblemDetail = tested.Value.Imap.Detail ?? tested.Value.Smtp.Detail;
            return tested.Value;
        }, ct);
        signal.Raise();
        return changed;
    }
}
