using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Solodesk.Tests.Setup;

/// <summary>What stands in the terminal when the desk cannot start: one line, no stack trace, and an exit code.</summary>
public sealed class StartProblemTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("solodesk-start");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_address_that_is_taken_is_named_with_the_way_to_another()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var said = await StartAsync("--data", _folder.FullName, "--urls", $"http://127.0.0.1:{port}");
        Assert.StartsWith("solodesk: ", said);
        Assert.Contains($"127.0.0.1:{port}", said);
        Assert.Contains("--urls", said);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        // A file stands where the folder should be: refused to everybody, root too.
        var file = Path.Combine(_folder.FullName, "taken");
        await File.WriteAllTextAsync(file, "", Ct);
        Assert.Contains(file, await StartAsync("--data", file));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_alone_and_said()
    {
        var file = Path.Combine(_folder.FullName, "solodesk.db");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("This was never a database. ", 200)), Ct);
        var said = await StartAsync("--data", _folder.FullName);
        Assert.Contains("database", said);
        Assert.Contains(_folder.FullName, said);
        Assert.StartsWith("This was never", await File.ReadAllTextAsync(file, Ct));
    }

    [Fact]
    public async Task A_database_server_that_does_not_answer_is_said()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();
        var said = await StartAsync("--data", _folder.FullName, "--Database:Provider", "postgres", "--Database:Connection", $"Host=127.0.0.1;Port={port};Username=desk;Timeout=3");
        Assert.Contains($"127.0.0.1:{port}", said);
    }

    private static async Task<string> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Solodesk.Server.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var desk = Process.Start(start)!;
        var error = desk.StandardError.ReadToEndAsync(Ct);
        await desk.StandardOutput.ReadToEndAsync(Ct);
        await desk.WaitForExitAsync(Ct);
        var said = (await error).Trim();
        Assert.True(desk.ExitCode == 1, $"exit code {desk.ExitCode}: {said}");
        Assert.DoesNotContain("\n", said);
        Assert.DoesNotContain("Unhandled", said);
        return said;
    }
}
