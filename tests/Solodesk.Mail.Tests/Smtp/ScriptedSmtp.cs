using System.Text;
using Solodesk.Mail.Net;
using Solodesk.Mail.Smtp;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Mail.Tests.Smtp;

/// <summary>What the tests with a scripted SMTP server share.</summary>
internal static class ScriptedSmtp
{
    public static async Task HelloAsync(ScriptedPeer peer, bool pipelining)
    {
        await peer.SayAsync("220 hi");
        await peer.AnswerAsync("EHLO", pipelining ? ["250-hi", "250 PIPELINING"] : ["250 hi"]);
    }

    /// <summary>Refuses once at the given stage, and takes the next message.</summary>
    public static async Task RefuseAsync(ScriptedPeer peer, string stage, string answer, bool pipelining)
    {
        await HelloAsync(peer, pipelining);
        for (var refuse = true; ; refuse = false)
        {
            var stages = new[] { "MAIL", "RCPT", "DATA" };
            var refused = false;
            for (var i = 0; i < stages.Length; i++)
            {
                var heard = await peer.HearAsync();
                if (heard is "RSET")
                {
                    await peer.SayAsync("250 reset");
                    i--;
                    continue;
                }

                if (heard is "QUIT")
                {
                    return;
                }

                var fails = refuse && stages[i] == stage;
                if (fails && stage == "MAIL" && pipelining && answer.StartsWith("421", StringComparison.Ordinal))
                {
                    await peer.HearAsync(); // what lies unread when the connection is closed turns the farewell into a reset
                }

                await peer.SayAsync(fails ? answer : stages[i] == "DATA" ? "354 go" : "250 ok");
                refused |= fails;
                if (fails && answer.StartsWith("421", StringComparison.Ordinal))
                {
                    return;
                }

                if (fails && stage == "MAIL" && pipelining)
                {
                    await peer.AnswerAsync("RCPT", "503 5.5.1 MAIL first");
                }

                if (fails)
                {
                    break;
                }
            }

            if (!refused)
            {
                while (await peer.HearAsync() != ".")
                {
                }

                await peer.SayAsync(refuse && stage == "BODY" ? answer : "250 2.0.0 taken");
                if (refuse && answer.StartsWith("421", StringComparison.Ordinal))
                {
                    return;
                }
            }

            if (!refuse)
            {
                return;
            }
        }
    }

    public static Task<SmtpSendResult> SendAsync(SmtpConnection smtp) => smtp.SendAsync("a@x.org", ["b@x.org"], Message(), TestContext.Current.CancellationToken);

    public static MemoryStream Message() => new(Encoding.ASCII.GetBytes("Subject: x\r\n\r\n" + new string('x', 70) + "\r\n"));

    public static SmtpOptions Options(ScriptedServer server) => Options(server.Port);

    public static SmtpOptions Options(int port) =>
        new() { Host = "127.0.0.1", Port = port, Security = ConnectionSecurity.None, CommandTimeout = TimeSpan.FromSeconds(10) };
}
