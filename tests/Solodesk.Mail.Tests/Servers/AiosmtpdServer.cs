using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Solodesk.Mail.Tests.Servers;

/// <summary>How the SMTP server of a test behaves.</summary>
/// <param name="Tls">“none”, “starttls” or “implicit”.</param>
/// <param name="User">Who may sign in, with the password “secret”; null asks nobody.</param>
/// <param name="MaxSize">The largest message in octets.</param>
/// <param name="SmtpUtf8">Whether SMTPUTF8 is offered.</param>
/// <param name="AuthMechanism">Only this way to sign in, or null for LOGIN and PLAIN.</param>
/// <param name="Bearer">How an access token begins that XOAUTH2 takes; null offers no XOAUTH2.</param>
/// <param name="LmtpPort">Where accepted mail is delivered on by LMTP before the server says yes; null keeps it only.</param>
internal sealed record AiosmtpdOptions(
    string Tls = "none", string? User = null, int MaxSize = 33554432, bool SmtpUtf8 = true, string? AuthMechanism = null, int? LmtpPort = null, string? Bearer = null);

/// <summary>A message that the server accepted.</summary>
internal sealed record AcceptedMail(string From, IReadOnlyList<string> To, IReadOnlyList<string> MailOptions, byte[] Content)
{
    public DateTimeOffset At { get; init; }
}

/// <summary>
/// A real SMTP server (python3-aiosmtpd) in a temporary folder. Recipients named refuse@… get 550, later@… get 451; all others are taken.
/// </summary>
internal sealed class AiosmtpdServer : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";

    private const string Program = """
        import asyncio, base64, json, os, smtplib, ssl, sys
        from aiosmtpd.smtp import SMTP, AuthResult
        port, folder, cert, key, tls, user, size, utf8, exclude, lmtp, bearer = sys.argv[1:12]
        count = 0

        def deliver(envelope):
            with smtplib.LMTP('127.0.0.1', int(lmtp)) as onward:
                onward.sendmail(envelope.mail_from, envelope.rcpt_tos, envelope.original_content)

        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith('refuse@'):
                    return '550 5.1.1 No such user here'
                if address.startswith('later@'):
                    return '451 4.3.0 Come back later'
                envelope.rcpt_tos.append(address)
                return '250 2.1.5 OK'

            async def handle_DATA(self, server, session, envelope):
                global count
                if lmtp:
                    await asyncio.get_running_loop().run_in_executor(None, deliver, envelope)
                count += 1
                mail = {'from': envelope.mail_from, 'to': envelope.rcpt_tos, 'options': envelope.mail_options,
                        'content': base64.b64encode(envelope.original_content).decode()}
                name = os.path.join(folder, '%06d.json' % count)
                with open(name + '.part', 'w') as f:
                    json.dump(mail, f)
                os.rename(name + '.part', name)
                return '250 2.0.0 Queued as %d' % count

        if bearer:
            async def auth_XOAUTH2(self, server, args):
                blob = base64.b64decode(args[1]).decode()
                ok = blob.startswith('user=' + user + '\x01auth=Bearer ' + bearer)
                return AuthResult(success=ok, handled=ok, auth_data=blob)
            Handler.auth_XOAUTH2 = auth_XOAUTH2

        def authenticate(server, session, envelope, mechanism, data):
            ok = data.login.decode() == user and data.password == b'secret'
            return AuthResult(success=ok, handled=ok)

        async def main():
            context = None
            if tls != 'none':
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(cert, key)
            def make():
                return SMTP(Handler(), data_size_limit=int(size), enable_SMTPUTF8=utf8 == '1', decode_data=False,
                            tls_context=context if tls == 'starttls' else None, require_starttls=False,
                            auth_require_tls=tls == 'starttls', auth_required=user != '',
                            authenticator=authenticate if user else None,
                            auth_exclude_mechanism=[m for m in exclude.split(',') if m])
            server = await asyncio.get_running_loop().create_server(make, '127.0.0.1', int(port), ssl=context if tls == 'implicit' else None)
            await server.serve_forever()

        asyncio.run(main())
        """;

    private readonly string _folder;
    private readonly TestCertificates _certificates = new();
    private readonly ServerProcess _process;

    private AiosmtpdServer(AiosmtpdOptions options)
    {
        _folder = TestServers.NewFolder("smtp");
        using var certificate = _certificates.ForServer();
        var (cert, key) = TestCertificates.Save(certificate, _folder);
        var script = Path.Combine(_folder, "server.py");
        File.WriteAllText(script, Program, new UTF8Encoding(false));
        var exclude = options.AuthMechanism is { } only ? string.Join(',', new[] { "LOGIN", "PLAIN" }.Where(way => way != only)) : "";
        _process = ServerProcess.Start(Python, script, Port.ToString(CultureInfo.InvariantCulture), _folder, cert, key, options.Tls,
            options.User ?? "", options.MaxSize.ToString(CultureInfo.InvariantCulture), options.SmtpUtf8 ? "1" : "0", exclude,
            options.LmtpPort?.ToString(CultureInfo.InvariantCulture) ?? "", options.Bearer ?? "");
    }

    public static bool IsInstalled => File.Exists(Python) && Directory.Exists("/usr/lib/python3/dist-packages/aiosmtpd");

    public int Port { get; } = TestServers.FreePort();

    public X509Certificate2 Authority => _certificates.Authority;

    public static async Task<AiosmtpdServer> StartAsync(AiosmtpdOptions options, CancellationToken ct)
    {
        var server = new AiosmtpdServer(options);
        try
        {
            await TestServers.WaitForPortAsync(server.Port, () => server._process.Output, ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything accepted so far, in order.</summary>
    public IReadOnlyList<AcceptedMail> Accepted() =>
        [.. Directory.GetFiles(_folder, "*.json").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>What was accepted so far counts no more.</summary>
    public void Forget()
    {
        foreach (var file in Directory.GetFiles(_folder, "*.json"))
        {
            File.Delete(file);
        }
    }

    public int AcceptedCount => Directory.GetFiles(_folder, "*.json").Length;

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _certificates.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static AcceptedMail Read(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var root = json.RootElement;
        return new(
            root.GetProperty("from").GetString()!,
            [.. root.GetProperty("to").EnumerateArray().Select(to => to.GetString()!)],
            [.. root.GetProperty("options").EnumerateArray().Select(option => option.GetString()!)],
            root.GetProperty("content").GetBytesFromBase64()) { At = File.GetLastWriteTimeUtc(file) };
    }
}
