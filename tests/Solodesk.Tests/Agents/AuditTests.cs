using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;

namespace Solodesk.Tests.Agents;

/// <summary>Every change of security leaves one line: who, when, from where.</summary>
public sealed class AuditTests
{
    private const string Home = "192.0.2.14";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_password()
    {
        await using var app = new DeskApp(realSignIn: true);
        var founder = await SignedInAsync(app);
        await OneAsync(app, "password.changed", "周野", () => founder.FillAsync("/account", "/account/password", ("current", Founders.Password), ("password", "another calm sea")));
    }

    [Fact]
    public async Task A_password_that_was_not_changed_leaves_none()
    {
        await using var app = new DeskApp(realSignIn: true);
        var founder = await SignedInAsync(app);
        await NoneAsync(app, () => founder.FillAsync("/account", "/account/password", ("current", "a guess"), ("password", "another calm sea")));
    }

    [Fact]
    public async Task A_passkey_added_and_removed()
    {
        await using var app = new DeskApp(realSignIn: true);
        var founder = await SignedInAsync(app);
        founder.With("Origin", "http://localhost");
        var added = await OneAsync(app, "passkey.added", "周野", async () =>
        {
            await founder.FillAsync("/account", "/account/passkeys/options");
            var credential = SoftPasskey.Make(founder.Text);
            await founder.FillAsync("/account", "/account/passkeys", ("name", "phone"), ("credential", credential));
            Assert.Equal(HttpStatusCode.Redirect, founder.Status);
        });
        Assert.Equal("phone", added.Detail);

        var id = Between((await founder.OpenAsync("/account")).Text, "action=\"/account/passkeys/remove\"", "name=\"id\" value=\"");
        var removed = await OneAsync(app, "passkey.removed", "周野", () => founder.PostAsync("/account/passkeys/remove", ("id", id)));
        Assert.Equal("phone", removed.Detail);
        await NoneAsync(app, () => founder.FillAsync("/account", "/account/passkeys/remove", ("id", id)));
    }

    [Fact]
    public async Task One_time_codes_switched_on_and_off()
    {
        await using var app = new DeskApp(realSignIn: true);
        var founder = await SignedInAsync(app);
        await OneAsync(app, "twostep.on", "周野", () => AccountTests.TurnOnAsync(founder));
        await NoneAsync(app, () => founder.FillAsync("/account/two-step", "/account/two-step/off", ("current", "a guess")));
        await OneAsync(app, "twostep.off", "周野", () => founder.FillAsync("/account/two-step", "/account/two-step/off", ("current", Founders.Password)));
    }

    [Fact]
    public async Task Another_role_and_an_account_switched_off_and_on()
    {
        await using var app = new DeskApp(realSignIn: true);
        var founder = await SignedInAsync(app);
        await founder.FillAsync("/settings/agents", "/settings/agents/invite", ("name", "林晓棠"), ("email", "lin@driftnote.example"), ("role", "Viewer"));
        var id = await app.ReadAsync(db => db.Users.Where(u => u.Name == "林晓棠").Select(u => u.Id).SingleAsync(Ct));

        var role = await OneAsync(app, "agent.role", "周野", () => founder.FillAsync("/settings/agents", $"/settings/agents/{id}/role", ("role", nameof(Role.Agent))));
        Assert.Equal("林晓棠 → Agent", role.Detail);
        await OneAsync(app, "agent.off", "周野", () => founder.FillAsync("/settings/agents", $"/settings/agents/{id}/active", ("active", "false")));
        await OneAsync(app, "agent.on", "周野", () => founder.FillAsync("/settings/agents", $"/settings/agents/{id}/active", ("active", "true")));
        Assert.Equal(Role.Agent, await app.ReadAsync(db => db.Users.Where(u => u.Id == id).Select(u => u.Role).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_session_ended_from_another_browser()
    {
        await using var app = new DeskApp(realSignIn: true);
        var founder = await SignedInAsync(app);
        await app.SignInAsync(from: "192.0.2.15");
        var id = Between((await founder.OpenAsync("/account")).Text, "action=\"/account/sessions/end\"", "name=\"id\" value=\"");
        await OneAsync(app, "session.ended", "周野", () => founder.PostAsync("/account/sessions/end", ("id", id)));

        await app.SignInAsync(from: "192.0.2.15");
        await OneAsync(app, "session.ended", "周野", () => founder.FillAsync("/account", "/account/sessions/end-others"));
        // Nobody else is left.
        await NoneAsync(app, () => founder.FillAsync("/account", "/account/sessions/end-others"));
    }

    [Fact]
    public async Task Somebody_who_fails_to_sign_in_and_the_lock_that_follows()
    {
        await using var app = new DeskApp(realSignIn: true);
        await app.FoundAsync();
        for (var i = 0; i < 7; i++)
        {
            await OneAsync(app, "signin.failed", "周野", () => app.SignInAsync("not the password", from: Home));
        }

        await OneAsync(app, "signin.locked", "周野", () => app.SignInAsync("not the password", from: Home));
        await OneAsync(app, "signin.locked", "周野", () => app.SignInAsync(from: Home));
    }

    [Fact]
    public async Task Somebody_unknown_is_written_down_by_what_they_typed()
    {
        await using var app = new DeskApp(realSignIn: true);
        await app.FoundAsync();
        var entry = await OneAsync(app, "signin.failed", "mallory@evil.example",
            () => new WebBrowser(app, Home).FillAsync("/signin", "/signin", ("email", "mallory@evil.example"), ("password", "not the password")));
        Assert.Null(entry.AgentId);
    }

    [Fact]
    public async Task Signing_in_and_out()
    {
        await using var app = new DeskApp(realSignIn: true);
        await app.FoundAsync();
        WebBrowser? browser = null;
        await OneAsync(app, "signin.ok", "周野", async () => browser = await app.SignInAsync(from: Home));
        await OneAsync(app, "signin.out", "周野", () => browser!.FillAsync("/account", "/signout"));
    }

    private static async Task<WebBrowser> SignedInAsync(DeskApp app)
    {
        await app.FoundAsync();
        return await app.SignInAsync(from: Home);
    }

    /// <summary>The one line that something leaves, which names who did it, when and from where.</summary>
    private static async Task<AuditEntry> OneAsync(DeskApp app, string action, string who, Func<Task> act)
    {
        app.Clock.Advance(TimeSpan.FromSeconds(7));
        var before = await LastAsync(app);
        await act();
        var line = Assert.Single(await SinceAsync(app, before));
        Assert.Equal((action, who, Home), (line.Action, line.Who, line.Address));
        Assert.Equal(app.Clock.GetUtcNow(), line.At, TimeSpan.FromSeconds(1));
        return line;
    }

    private static async Task NoneAsync(DeskApp app, Func<Task> act)
    {
        var before = await LastAsync(app);
        await act();
        Assert.Empty(await SinceAsync(app, before));
    }

    private static Task<long> LastAsync(DeskApp app) => app.ReadAsync(db => db.Set<AuditEntry>().MaxAsync(a => a.Id, Ct));

    private static Task<List<AuditEntry>> SinceAsync(DeskApp app, long id) => app.ReadAsync(db => db.Set<AuditEntry>().AsNoTracking().Where(a => a.Id > id).ToListAsync(Ct));

    private static string Between(string page, string after, string mark)
    {
        var at = page.IndexOf(mark, page.IndexOf(after, StringComparison.Ordinal), StringComparison.Ordinal) + mark.Length;
        return page[at..page.IndexOf('"', at)];
    }
}
