using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Solodesk.Chat.Bench;

/// <summary>The published server on a fresh SQLite desk, a process of its own.</summary>
internal sealed class Desk : IDisposable
{
    private readonly Process _process;
    private readonly string _data;

    public Desk(string folder)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        free.Stop();
        _data = Path.Combine(Path.GetTempPath(), "solodesk-chat-bench-" + Path.GetRandomFileName());
        _process = Process.Start(new ProcessStartInfo(Path.Combine(folder, "solodesk"),
            ["--data", _data, "--urls", Address.ToString(), "--Chat:SocketsPerAddress", "1000000", "--Chat:NewConversations", "1000000", "--Chat:Burst", "1000", "--Logging:LogLevel:Default", "Warning"])
        { RedirectStandardOutput = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
    }

    public Uri Address { get; }

    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public async Task ReadyAsync(CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = Address };
        while (true)
        {
            try
            {
                if ((await http.GetAsync(new Uri("/widget/config?lang=en", UriKind.Relative), ct)).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                // Nobody listens yet.
            }

            await Task.Delay(100, ct);
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }
}
