using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Ui;

namespace Solodesk.Channels.Email;

/// <summary><c>/api/v1/mailboxes</c> and <c>/settings/mail</c>: connecting, trying, changing and disconnecting a mailbox as a program.</summary>
internal sealed class MailboxesApi : IEndpoints
{
    /// <summary>A mailbox as it is given. What is left out is taken from the address' provider, in a change from what is known.</summary>
    public sealed record Body
    {
        public string? Address { get; init; }
        public string? UserName { get; init; }

        /// <summary>Never given back; left out in a change, it stays.</summary>
        public string? Password { get; init; }
        public string? ImapHost { get; init; }
        public int? ImapPort { get; init; }
        public MailSecurity? ImapSecurity { get; init; }
        public string? SmtpHost { get; init; }
        public int? SmtpPort { get; init; }
        public MailSecurity? SmtpSecurity { get; init; }
        public string? SenderName { get; init; }

        /// <summary>Also make tickets of what already lies in the inbox; only when it is added.</summary>
        public bool ImportPast { get; init; }

        public bool? Active { get; init; }

        /// <summary>Keep it though the servers cannot be reached now.</summary>
        public bool EvenIfUnreachable { get; init; }

        public TestMailbox.Request Onto(TestMailbox.Request known) => known with
        {
            Address = Address ?? known.Address,
            UserName = UserName ?? known.UserName,
            Password = Password ?? known.Password,
            ImapHost = ImapHost ?? known.ImapHost,
            ImapPort = ImapPort ?? known.ImapPort,
            ImapSecurity = ImapSecurity ?? known.ImapSecurity,
            SmtpHost = SmtpHost ?? known.SmtpHost,
            SmtpPort = SmtpPort ?? known.SmtpPort,
            SmtpSecurity = SmtpSecurity ?? known.SmtpSecurity,
        };
    }

    /// <summary>What the two servers said.</summary>
    public sealed record Tested(bool Ok, Server Imap, Server Smtp);

    /// <param name="Host">The server's name.</param>
    /// <param name="Port">Its port.</param>
    /// <param name="Ok">Whether it took the account.</param>
    /// <param name="Reason">Why not, as a stable word.</param>
    /// <param name="Words">Why not, in words.</param>
    /// <param name="Fingerprint">Of a certificate that was not accepted.</param>
    public sealed record Server(string Host, int Port, bool Ok, string? Reason, string? Words, string? Fingerprint);

    public sealed record Added(Guid Id, Tested Tested);

    public void Map(IEndpointRouteBuilder routes)
    {
        var mailboxes = routes.MapApi("mailboxes", "Settings");
        mailboxes.MapPost("", AddAsync).Gives<Added>(Scopes.SettingsWrite, "Connects a mailbox, after trying both of its servers", StatusCodes.Status201Created);
        mailboxes.MapPost("/test", TestAsync).Gives<Tested>(Scopes.SettingsWrite, "Tries the servers of a mailbox without keeping anything");
        mailboxes.MapPost("/{id:guid}/test", TestKnownAsync).Gives<Tested>(Scopes.SettingsWrite, "Tries the servers of a known mailbox");
        mailboxes.MapPatch("/{id:guid}", ChangeAsync).Gives<Tested>(Scopes.SettingsWrite, "Changes how a mailbox is reached, or switches it off and on");
        mailboxes.MapDelete("/{id:guid}", RemoveAsync).GivesNothing(Scopes.SettingsWrite, "Disconnects a mailbox; its mails and tickets stay");
        var settings = routes.MapApi("settings/mail", "Settings");
        settings.MapGet("", ReadAsync).Gives<MailSettings>(Scopes.SettingsRead, "Reads how the desk behaves by mail: the confirmation of receipt, the quote, automatic mail");
        settings.MapPut("", SaveAsync).Gives<MailSettings>(Scopes.SettingsWrite, "Replaces how the desk behaves by mail");
    }

    private static async Task<IResult> AddAsync(Body body, HttpContext context, AddMailbox add, Phrases phrases, CancellationToken ct)
    {
        var added = await add.RunAsync(context.User.ToActor(), new AddMailbox.Request(body.Onto(new TestMailbox.Request { Address = body.Address ?? "" }))
        {
            SenderName = body.SenderName ?? "",
            ImportPast = body.ImportPast,
            EvenIfUnreachable = body.EvenIfUnreachable,
        }, ct);
        return added.ToAnswer(a => a.Id is { } id ? TypedResults.Created($"{ApiRoutes.Root}/mailboxes/{id}", new Added(id, Of(a.Report, phrases))) : Unreachable(a.Report, phrases));
    }

    private static async Task<IResult> TestAsync(Body body, HttpContext context, TestMailbox test, Phrases phrases, CancellationToken ct)
        => (await test.RunAsync(context.User.ToActor(), body.Onto(new TestMailbox.Request { Address = body.Address ?? "" }), ct)).ToAnswer(r => TypedResults.Ok(Of(r, phrases)));

    private static async Task<IResult> TestKnownAsync(Guid id, HttpContext context, TestMailbox test, MailAccess access, IDbContextFactory<DeskDb> dbs, MailboxSignal signal, Phrases phrases, CancellationToken ct)
    {
        if (await FindAsync(dbs, id, ct) is not { } mailbox)
        {
            return Problem.NotFound("mailbox").ToAnswer();
        }

        var tested = await test.RunAsync(context.User.ToActor(), TestMailbox.Request.Of(mailbox, access), ct);
        signal.Raise();
        return tested.ToAnswer(r => TypedResults.Ok(Of(r, phrases)));
    }

    private static async Task<IResult> ChangeAsync(Guid id, Body body, HttpContext context, ChangeMailbox change, IDbContextFactory<DeskDb> dbs, Phrases phrases, CancellationToken ct)
    {
        if (await FindAsync(dbs, id, ct) is not { } mailbox)
        {
            return Problem.NotFound("mailbox").ToAnswer();
        }

        var active = body.Active ?? mailbox.Active;
        var changed = await change.RunAsync(context.User.ToActor(), new ChangeMailbox.Request(id, (body with { Address = null }).Onto(TestMailbox.Request.Of(mailbox)))
        {
            SenderName = body.SenderName ?? mailbox.SenderName,
            Active = active,
            EvenIfUnreachable = body.EvenIfUnreachable,
        }, ct);
        return changed.ToAnswer(r => r.Ok || !active || body.EvenIfUnreachable ? TypedResults.Ok(Of(r, phrases)) : Unreachable(r, phrases));
    }

    private static async Task<IResult> RemoveAsync(Guid id, HttpContext context, RemoveMailbox remove, CancellationToken ct)
        => (await remove.RunAsync(context.User.ToActor(), id, ct)).ToAnswer();

    private static async Task<IResult> ReadAsync(Settings settings, CancellationToken ct) => TypedResults.Ok(await settings.ReadAsync<MailSettings>(ct));

    private static async Task<IResult> SaveAsync(MailSettings body, HttpContext context, SaveMailSettings save, CancellationToken ct)
        => (await save.RunAsync(context.User.ToActor(), body, ct)).ToAnswer(TypedResults.Ok);

    private static async Task<Mailbox?> FindAsync(IDbContextFactory<DeskDb> dbs, Guid id, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct);
    }

    private static IResult Unreachable(TestMailbox.Report report, Phrases phrases)
    {
        var failed = report.Imap.Ok ? report.Smtp : report.Imap;
        return new Problem("mailbox.unreachable", Of(failed, phrases).Words ?? "") { Field = report.Imap.Ok ? "smtpHost" : "imapHost" }.ToAnswer();
    }

    private static Tested Of(TestMailbox.Report report, Phrases phrases) => new(report.Ok, Of(report.Imap, phrases), Of(report.Smtp, phrases));

    private static Server Of(TestMailbox.Check check, Phrases phrases) => new(check.Host, check.Port, check.Ok, check.Reason,
        check.Ok ? null : KeptReason.InWords(phrases, MailProblems.With(check.Reason!, check.Detail), check.Host, check.Port), check.Fingerprint);
}
