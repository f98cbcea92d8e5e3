using System.Security.Cryptography.X509Certificates;
using Solodesk.Mail.Net;
using Solodesk.Mail.Smtp;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Mail.Tests.Net;

public sealed class ConnectionSecurityTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData("mail.example.com", -1, 30, CertificateFault.WrongHost)]
    [InlineData("localhost", -60, -1, CertificateFault.Expired)]
    [InlineData("localhost", 2, 30, CertificateFault.NotYetValid)]
    public async Task A_certificate_from_a_trusted_authority_must_still_fit(string name, int from, int to, CertificateFault expected)
    {
        using var certificate = _certificates.ForServer(name, from, to);
        await using var server = TlsServer(certificate);

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => SmtpConnection.ConnectAsync(Options(server), Ct));

        Assert.Equal(MailConnectionReason.TlsFailed, failure.Reason);
        Assert.Equal(expected, failure.Certificate!.Fault);
        Assert.Equal(64, failure.Certificate.Sha256.Length);
    }

    [Fact]
    public async Task A_certificate_that_fits_is_taken_and_one_accepted_by_hand_too()
    {
        using var good = _certificates.ForServer();
        await using var server = TlsServer(good);
        await using (var smtp = await SmtpConnection.ConnectAsync(Options(server), Ct))
        {
            Assert.True(smtp.IsEncrypted);
        }

        using var wrong = _certificates.ForServer("other.example", -60, -1);
        await using var odd = TlsServer(wrong);
        var fingerprint = string.Join(':', wrong.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256).Select(b => b.ToString("x2")));
        await using var accepted = await SmtpConnection.ConnectAsync(Options(odd) with { TrustedCertificates = [], TrustedFingerprints = [fingerprint] }, Ct);
        Assert.True(accepted.IsEncrypted);
    }

    [Fact]
    public async Task TLS_to_a_port_that_speaks_plaintext_fails_as_TLS()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync("220 plain");
            await peer.StaySilentAsync();
        });

        Assert.Equal(MailConnectionReason.TlsFailed, (await Assert.ThrowsAsync<MailConnectionException>(() => SmtpConnection.ConnectAsync(Options(server), Ct))).Reason);
    }

    [Fact]
    public async Task A_TLS_handshake_that_never_ends_is_given_up()
    {
        await using var server = new ScriptedServer(peer => peer.StaySilentAsync());

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => SmtpConnection.ConnectAsync(Options(server) with { ConnectTimeout = TimeSpan.FromMilliseconds(300) }, Ct));

        Assert.Equal(MailConnectionReason.TimedOut, failure.Reason);
    }

    [Theory]
    [InlineData(ConnectionSecurity.None)]
    [InlineData(ConnectionSecurity.StartTlsAuto)]
    public async Task Plaintext_to_another_machine_needs_the_owner_to_insist(ConnectionSecurity security)
    {
        // This machine's own address on the network stands for another machine: it is no loopback address.
        var address = TestServers.OutsideAddress();
        Assert.SkipWhen(address is null, "This machine has no address besides loopback.");
        await using var server = new ScriptedServer(address, async peer =>
        {
            await peer.SayAsync("220 hi");
            await peer.AnswerAsync("EHLO", "250 hi");
            await peer.StaySilentAsync();
        });
        var options = Options(server) with { Host = address.ToString(), Security = security };

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => SmtpConnection.ConnectAsync(options, Ct));
        Assert.Equal(MailConnectionReason.PlaintextRefused, failure.Reason);
        await using var insisted = await SmtpConnection.ConnectAsync(options with { AllowPlaintext = true }, Ct);
        Assert.False(insisted.IsEncrypted);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_and_a_port_that_is_closed_are_told_apart()
    {
        var nobody = new SmtpOptions { Host = "no-such-host.invalid", Port = 25 };
        var closed = new SmtpOptions { Host = "localhost", Port = TestServers.FreePort() };

        Assert.Equal(MailConnectionReason.NameNotResolved, (await Assert.ThrowsAsync<MailConnectionException>(() => SmtpConnection.ConnectAsync(nobody, Ct))).Reason);
        var refused = await Assert.ThrowsAsync<MailConnectionException>(() => SmtpConnection.ConnectAsync(closed, Ct));
        Assert.Equal((MailConnectionReason.PortRefused, "localhost", closed.Port, true), (refused.Reason, refused.Host, refused.Port, refused.IsTransient));
    }

    private static ScriptedServer TlsServer(X509Certificate2 certificate) => new(async peer =>
    {
        await peer.StartTlsAsync(certificate);
        await peer.SayAsync("220 hi");
        await peer.AnswerAsync("EHLO", "250 hi");
        await peer.StaySilentAsync();
    });

    private SmtpOptions Options(ScriptedServer server) => new()
    {
        Host = "localhost",
        Port = server.Port,
        Security = ConnectionSecurity.ImplicitTls,
        TrustedCertificates = [_certificates.Authority],
    };
}
