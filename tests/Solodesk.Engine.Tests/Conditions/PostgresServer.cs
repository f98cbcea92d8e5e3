using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Solodesk.Engine.Tests.Conditions;

/// <summary>
/// A PostgreSQL to test on: the one of SOLODESK_TEST_POSTGRES (a connection string without a database), else a cluster of its
/// own in a temporary folder on a free port, if PostgreSQL is installed.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private string? _binaries;
    private string? _folder;

    /// <summary>The connection string without a database; null when there is no PostgreSQL.</summary>
    public string? Connection { get; private set; }

    public string WhyNot { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("SOLODESK_TEST_POSTGRES") is { Length: > 0 } given)
        {
            Connection = given;
            return;
        }

        _binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
                .Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        if (_binaries is null)
        {
            WhyNot = "PostgreSQL is not installed and SOLODESK_TEST_POSTGRES is not set.";
            return;
        }

        _folder = Directory.CreateTempSubdirectory("engine-postgres-").FullName;
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", "postgres", _folder);
        }

        var port = FreePort();
        await RunAsync(Tool("initdb"), "-D", _folder + "/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N");
        await RunAsync(
            Tool("pg_ctl"), "-D", _folder + "/data", "-w", "-l", _folder + "/log",
            "-o", $"-p {port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync=off", "start");
        Connection = $"Host=127.0.0.1;Port={port};Username=postgres";
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            await RunAsync(Tool("pg_ctl"), "-D", _folder + "/data", "-m", "immediate", "-w", "stop");
            Directory.Delete(_folder, recursive: true);
        }
    }

    private string Tool(string name) => Path.Combine(_binaries!, name);

    /// <summary>Runs a command as the user postgres where we are root, which PostgreSQL refuses to run as.</summary>
    private static async Task RunAsync(string program, params string[] arguments)
    {
        var asPostgres = Environment.UserName == "root" && program != "chown";
        string[] command = asPostgres ? ["runuser", "-u", "postgres", "--", program, .. arguments] : [program, .. arguments];

        // pg_ctl leaves its child holding our pipes, so nothing is redirected but through a shell that drops it.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$@\" </dev/null >/dev/null 2>&1");
        start.ArgumentList.Add("sh");
        foreach (var each in command)
        {
            start.ArgumentList.Add(each);
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed with {process.ExitCode}.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
