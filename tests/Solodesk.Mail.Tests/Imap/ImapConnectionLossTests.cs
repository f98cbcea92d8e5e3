using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Mail.Tests.Imap;

/// <summary>The connection to a real Dovecot is cut after every so many bytes of a whole visit: greeting, login, list, select, fetch, move, append, IDLE, logout.</summary>
public sealed class ImapConnectionLossTests(DovecotFixture fixture) : IClassFixture<DovecotFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(WireFailure.Reset), false)]
    [InlineData(nameof(WireFailure.Close), false)]
    [InlineData(nameof(WireFailure.Close), true)]
    public async Task A_cut_in_any_state_is_a_lost_connection_and_nothing_else(string failure, bool tls)
    {
        var user = $"cut-{failure}-{tls}".ToLowerInvariant();
        await fixture.Server.DeliverAsync(user, "Subject: x\n\n" + new string('y', 500), Ct);
        await using var whole = await VisitAsync(user, int.MaxValue, WireFailure.Close, tls);
        Assert.False(whole.HasFailed);
        Assert.InRange(whole.Passed, 1500, 100_000);

        for (var after = 0; after < whole.Passed - 200; after += tls ? 211 : 67)
        {
            if (await LostAsync(user, after, Enum.Parse<WireFailure>(failure), tls) is not { } lost)
            {
                AssertNearTheEnd(after, whole);
                break;
            }

            Assert.True(
                lost.Reason == MailConnectionReason.ConnectionLost || (tls && lost.Reason == MailConnectionReason.TlsFailed),
                $"after {after} bytes: {lost}");
        }
    }

    [Fact]
    public async Task A_line_gone_silent_in_any_state_is_found_out_in_bounded_time()
    {
        await fixture.Server.DeliverAsync("silent", "Subject: x\n\n" + new string('y', 500), Ct);
        await using var whole = await VisitAsync("silent", int.MaxValue, WireFailure.Silence, tls: false);

        for (var after = 0; after < whole.Passed - 200; after += 303)
        {
            var began = TimeProvider.System.GetTimestamp();
            if (await LostAsync("silent", after, WireFailure.Silence, tls: false) is not { } lost)
            {
                AssertNearTheEnd(after, whole);
                break;
            }

            Assert.Equal(MailConnectionReason.TimedOut, lost.Reason);
            Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        }
    }

    /// <summary>How a visit ended whose wire fails after so many bytes; null when it came to its end before.</summary>
    private async Task<MailConnectionException?> LostAsync(string user, int after, WireFailure failure, bool tls)
    {
        try
        {
            await using var wire = await VisitAsync(user, after, failure, tls);
            return null;
        }
        catch (MailConnectionException e)
        {
            return e;
        }
    }

    /// <summary>Dovecot says with each answer how long it took, and IDLE is renewed by the clock: on a busy machine a visit has some bytes less or more.</summary>
    private static void AssertNearTheEnd(int after, FailingWire whole)
        => Assert.True(after > whole.Passed - 800, $"The loss after {after} of {whole.Passed} bytes went unnoticed.");

    private async Task<FailingWire> VisitAsync(string user, int after, WireFailure failure, bool tls)
    {
        var wire = new FailingWire(tls ? fixture.Server.ImapsPort : fixture.Server.ImapPort, after, failure);
        try
        {
            await using var imap = await ImapConnection.ConnectAsync(new()
            {
                Host = "localhost",
                Port = wire.Port,
                Security = tls ? ConnectionSecurity.ImplicitTls : ConnectionSecurity.None,
                TrustedCertificates = [fixture.Server.Authority],
                Credentials = MailCredentials.Password(user, DovecotServer.Password),
                CommandTimeout = TimeSpan.FromMilliseconds(failure == WireFailure.Silence && after < int.MaxValue ? 500 : 15_000),
                IdleRenewal = TimeSpan.FromMilliseconds(50),
            }, Ct);
            await imap.AuthenticateAsync(Ct);
            await imap.ListAsync(Ct);
            await imap.SelectAsync("INBOX", readOnly: false, Ct);
            await imap.SearchUidsAsync(1, Ct);
            await foreach (var message in imap.FetchAsync(1, null, Ct))
            {
                message.Dispose();
            }

            await imap.StoreFlagsAsync([1], ImapFlagChange.Add, ["\\Flagged"], Ct);
            await imap.AppendAsync("Sent", new MemoryStream("Subject: x\r\n\r\nx\r\n"u8.ToArray()), [], null, Ct);
            using var brief = new CancellationTokenSource(TimeSpan.FromMilliseconds(120));
            try
            {
                await imap.IdleAsync(brief.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.True(imap.IsUsable || wire.HasFailed);
            }

            await imap.NoopAsync(Ct);
            await imap.LogoutAsync(Ct);
            return wire;
        }
        catch
        {
            await wire.DisposeAsync();
            throw;
        }
    }
}
