using Solodesk.Mail.Net;
using Solodesk.Mail.Smtp;
using Solodesk.Mail.Tests.Servers;
using static Solodesk.Mail.Tests.Smtp.ScriptedSmtp;

namespace Solodesk.Mail.Tests.Smtp;

/// <summary>Lines that are cut or fall silent.</summary>
public sealed class SmtpConnectionLossTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cut_after_the_whole_message_says_that_it_may_have_been_sent()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await HelloAsync(peer, pipelining: true);
            await peer.AnswerAsync("MAIL", "250 ok");
            await peer.AnswerAsync("RCPT", "250 ok");
            await peer.AnswerAsync("DATA", "354 go");
            while (await peer.HearAsync() != ".")
            {
            }

            peer.Cut();
        });
        await using var smtp = await SmtpConnection.ConnectAsync(Options(server), Ct);

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => SendAsync(smtp));

        Assert.Equal((MailConnectionReason.ConnectionLost, true, false), (failure.Reason, failure.MayHaveBeenSent, smtp.IsUsable));
    }

    [Fact]
    public async Task A_server_that_takes_its_time_is_given_up_and_a_slow_verdict_has_a_longer_limit()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await HelloAsync(peer, pipelining: false);
            await peer.AnswerAsync("MAIL", "250 ok");
            await peer.AnswerAsync("RCPT", "250 ok");
            await peer.AnswerAsync("DATA", "354 go");
            while (await peer.HearAsync() != ".")
            {
            }

            await Task.Delay(3500, Ct);
            await peer.SayAsync("250 scanned");
            await peer.StaySilentAsync();
        });
        await using var smtp = await SmtpConnection.ConnectAsync(Options(server) with { CommandTimeout = TimeSpan.FromSeconds(2), AcceptTimeout = TimeSpan.FromSeconds(20) }, Ct);

        Assert.True((await SendAsync(smtp)).AllAccepted);
        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => SendAsync(smtp));
        Assert.Equal((MailConnectionReason.TimedOut, false), (failure.Reason, failure.MayHaveBeenSent));
    }

    [Fact]
    public async Task A_cut_at_any_byte_of_a_real_dialogue_is_a_lost_connection()
    {
        await using var server = await SmtpServers.StartAsync();
        async Task<int> VisitAsync(int after)
        {
            await using var wire = new FailingWire(server.Port, after, WireFailure.Reset);
            await using var smtp = await SmtpConnection.ConnectAsync(Options(wire.Port), Ct);
            await SendAsync(smtp);
            await smtp.QuitAsync(Ct);
            return wire.Passed;
        }

        var whole = await VisitAsync(int.MaxValue);
        for (var after = 0; after < whole; after += 9)
        {
            var failure = await Assert.ThrowsAsync<MailConnectionException>(() => VisitAsync(after));
            Assert.Equal(MailConnectionReason.ConnectionLost, failure.Reason);
        }
    }
}
