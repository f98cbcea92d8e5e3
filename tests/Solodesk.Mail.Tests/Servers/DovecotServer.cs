using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Solodesk.Mail.Tests.Servers;

/// <summary>
/// A real Dovecot in a temporary folder: IMAP with STARTTLS, IMAP with TLS, LMTP to deliver. Every user exists; the password is “secret”.
/// </summary>
internal sealed class DovecotServer : IAsyncDisposable
{
    public const string Password = "secret";

    private readonly string _folder;
    private readonly TestCertificates _certificates = new();
    private readonly ServerProcess _process;

    private DovecotServer(string folder, Func<DovecotServer, string> configuration)
    {
        _folder = folder;
        using var certificate = _certificates.ForServer();
        (CertificateFile, KeyFile) = TestCertificates.Save(certificate, folder);
        // Dovecot reads and writes mail as another user than the one that runs the tests.
        TestServers.Open(Directory.CreateDirectory(Path.Combine(folder, "mail")).FullName, (UnixFileMode)0b111_111_111);
        var file = Path.Combine(folder, "dovecot.conf");
        File.WriteAllText(file, configuration(this));
        _process = ServerProcess.Start(TestServers.Find("dovecot")!, "-F", "-c", file);
    }

    public static bool IsInstalled => TestServers.Find("dovecot") is not null;

    public int ImapPort { get; } = TestServers.FreePort();

    public int ImapsPort { get; } = TestServers.FreePort();

    public int LmtpPort { get; } = TestServers.FreePort();

    /// <summary>The authority to trust.</summary>
    public X509Certificate2 Authority => _certificates.Authority;

    private string CertificateFile { get; }

    private string KeyFile { get; }

    public string Log => File.Exists(Path.Combine(_folder, "log")) ? File.ReadAllText(Path.Combine(_folder, "log")) : _process.Output;

    /// <param name="introspection">Where bearer tokens are looked into (RFC 7662); null offers passwords only.</param>
    /// <param name="ct">Stops waiting for the server.</param>
    public static async Task<DovecotServer> StartAsync(CancellationToken ct, Uri? introspection = null)
    {
        var server = new DovecotServer(TestServers.NewFolder("dove"), s => Configuration(s, introspection));
        try
        {
            await TestServers.WaitForPortAsync(server.ImapPort, () => server.Log, ct);
            await TestServers.WaitForPortAsync(server.LmtpPort, () => server.Log, ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The folder that holds a user's mail, as Maildir.</summary>
    public string MailFolder(string user) => Path.Combine(_folder, "mail", user);

    /// <summary>The files of all mails in all folders of all users.</summary>
    public IEnumerable<string> Mails()
        => Directory.EnumerateFiles(Path.Combine(_folder, "mail"), "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(Path.GetDirectoryName(file)) is "new" or "cur");

    /// <summary>Delivers a message as an outside server would, by LMTP (RFC 2033).</summary>
    public async Task DeliverAsync(string user, string message, CancellationToken ct)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, LmtpPort, ct);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await ExpectAsync(reader, "220", ct);
        foreach (var (command, answer) in new[] { ("LHLO test", "250"), ("MAIL FROM:<customer@example.org>", "250"), ($"RCPT TO:<{user}>", "250"), ("DATA", "354") })
        {
            await writer.WriteLineAsync(command);
            await ExpectAsync(reader, answer, ct);
        }

        var lines = message.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        await writer.WriteLineAsync(string.Join("\r\n", lines.Select(line => line.StartsWith('.') ? "." + line : line)) + "\r\n.");
        await ExpectAsync(reader, "250", ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _certificates.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task ExpectAsync(StreamReader reader, string code, CancellationToken ct)
    {
        string line;
        do
        {
            line = await reader.ReadLineAsync(ct) ?? throw new IOException("LMTP closed.");
        }
        while (line.Length > 3 && line[3] == '-');
        if (!line.StartsWith(code, StringComparison.Ordinal))
        {
            throw new IOException($"LMTP said “{line}” where {code} was expected.");
        }
    }

    /// <summary>As root Dovecot drops to the user “mail”; as anybody else it stays who it is and needs to be told so.</summary>
    private static string Configuration(DovecotServer server, Uri? introspection)
    {
        var bearer = "";
        if (introspection is not null)
        {
            var oauth = Path.Combine(server._folder, "oauth2.conf");
            File.WriteAllText(oauth, $"introspection_mode = post\nintrospection_url = {introspection}\nusername_attribute = username\nactive_attribute = active\nactive_value = true\n");
            TestServers.Open(oauth, (UnixFileMode)0b110_100_100);
            bearer = $"passdb {{\n  driver=oauth2\n  mechanisms=xoauth2 oauthbearer\n  args={oauth}\n}}\n";
        }

        var me = Environment.UserName;
        var (user, group) = me == "root" ? ("mail", "mail") : (me, TestServers.Ask("id", "-gn"));
        var unprivileged = me == "root" ? "" : $$"""
            default_internal_user={{me}}
            default_internal_group={{group}}
            default_login_user={{me}}
            """;
        return string.Create(CultureInfo.InvariantCulture, $$"""
            base_dir={{server._folder}}/run
            state_dir={{server._folder}}/state
            log_path={{server._folder}}/log
            protocols=imap lmtp
            listen=127.0.0.1
            ssl=yes
            ssl_cert=<{{server.CertificateFile}}
            ssl_key=<{{server.KeyFile}}
            disable_plaintext_auth=no
            auth_mechanisms=plain login{{(introspection is null ? "" : " xoauth2 oauthbearer")}}
            auth_failure_delay=0
            mail_location=maildir:{{server._folder}}/mail/%u
            mail_uid={{user}}
            mail_gid={{group}}
            first_valid_uid=1
            first_valid_gid=1
            mail_max_userip_connections=50
            lda_mailbox_autocreate=yes
            {{unprivileged}}
            {{bearer}}
            passdb {
              driver=static
              mechanisms=plain login
              args=password={{Password}}
            }
            userdb {
              driver=static
              args=uid={{user}} gid={{group}} home={{server._folder}}/mail/%u allow_all_users=yes
            }
            namespace inbox {
              inbox=yes
              separator=/
              mailbox Sent {
                auto=create
                special_use=\Sent
              }
              mailbox Junk {
                auto=create
                special_use=\Junk
              }
              mailbox 已归档 {
                auto=create
                special_use=\Archive
              }
            }
            service anvil {
              chroot=
              # each wrong password would make the next login from this address slower
              unix_listener anvil-auth-penalty {
                mode=0
              }
            }
            service imap-login {
              chroot=
              inet_listener imap {
                port={{server.ImapPort}}
              }
              inet_listener imaps {
                port={{server.ImapsPort}}
                ssl=yes
              }
            }
            service lmtp {
              inet_listener lmtp {
                address=127.0.0.1
                port={{server.LmtpPort}}
              }
            }

            """);
    }
}
