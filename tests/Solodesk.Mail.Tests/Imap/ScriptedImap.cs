using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Mail.Tests.Imap;

/// <summary>What the scripted IMAP tests share.</summary>
internal static class ScriptedImap
{
    public static async Task LoginAsync(ScriptedPeer peer)
    {
        await peer.SayAsync("* OK [CAPABILITY IMAP4rev1] ready");
        await peer.AnswerTaggedAsync("LOGIN", "$ OK [CAPABILITY IMAP4rev1] in");
    }

    public static ImapOptions Options(ScriptedServer server) => new()
    {
        Host = "localhost",
        Port = server.Port,
        Security = ConnectionSecurity.None,
        Credentials = MailCredentials.Password("desk", "secret"),
        CommandTimeout = TimeSpan.FromSeconds(10),
    };

    public static async Task<ImapConnection> OpenAsync(ScriptedServer server, Func<ImapOptions, ImapOptions>? change = null)
    {
        var imap = await ImapConnection.ConnectAsync(change is null ? Options(server) : change(Options(server)), TestContext.Current.CancellationToken);
        await imap.AuthenticateAsync(TestContext.Current.CancellationToken);
        return imap;
    }
}
