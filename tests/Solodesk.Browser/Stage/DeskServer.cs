using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Browser.Stage;

/// <summary>One desk: a data folder of its own, and the published server on it, which may be killed and started again.</summary>
internal sealed class DeskServer(PublishedServer published, params IReadOnlyList<string> more) : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3); // A demo is filled before the first answer.

    private readonly int _port = TestServers.FreePort();
    private readonly string _data = TestServers.NewFolder("desk");
    private readonly HttpClient _visitor = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private ServerProcess? _process;
    private string _before = "";

    public int Port => _port;

    public string Data => _data;

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    /// <summary>Everything it printed, over all its lives.</summary>
    public string Output => _before + _process?.Output;

    public void Begin() => _process = ServerProcess.Start(published.Program, ["--data", _data, "--urls", Address, .. more]);

    public async Task StartAsync(CancellationToken ct)
    {
        Begin();
        await ReadyAsync(ct);
    }

    /// <summary>Waits until it answers.</summary>
    public async Task ReadyAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(LongestStart);
        while (true)
        {
            try
            {
                using var answer = await _visitor.GetAsync($"{Address}/health", limit.Token);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw new TimeoutException($"The desk did not start: {Output}");
            }

            if (_process is { HasExited: true })
            {
                throw new InvalidOperationException($"The desk ended while starting: {Output}");
            }

            await Task.Delay(Glance, TimeProvider.System, ct);
        }
    }

    public async Task KillAsync()
    {
        await _process!.KillAsync();
        _before += _process.Output;
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Ends it as a person would; its data stays.</summary>
    public async Task StopAsync()
    {
        await _process!.DisposeAsync();
        _process = null;
    }

    /// <summary>A program with a token of every scope, made on the command line.</summary>
    public async Task<HttpClient> ProgramAsync(CancellationToken ct) => Program(await TokenAsync(ct));

    public Task<string> TokenAsync(CancellationToken ct) => CommandAsync(["token", "create", "--name", "journeys", "--scopes", "*"], ct);

    /// <summary>What a command prints last, beside the running server.</summary>
    public async Task<string> CommandAsync(IReadOnlyList<string> words, CancellationToken ct)
    {
        using var command = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(published.Program, [.. words, "--data", _data]) { RedirectStandardOutput = true })!;
        var said = (await command.StandardOutput.ReadToEndAsync(ct)).Trim();
        await command.WaitForExitAsync(ct);
        return said.Split('\n')[^1].Trim();
    }

    public HttpClient Program(string token)
    {
        var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new(Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Begins with what another desk left.</summary>
    public void TakeOver(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_data, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _visitor.Dispose();
        Directory.Delete(_data, recursive: true);
    }
}
