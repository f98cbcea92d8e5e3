using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Solodesk.Mail.Tests.Servers;

/// <summary>What the server fixtures share: ports, folders, and whether a program is installed.</summary>
internal static class TestServers
{
    private static readonly string[] Folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];

    private static int _lastPort = 10_000 + (Environment.ProcessId * 131 % 20_000);

    /// <summary>
    /// A port of this machine that nobody listens on now and that nobody is given by chance before it is used: below those that systems
    /// deal out to connections and listeners, and never the same one twice.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = 10_000 + ((Interlocked.Increment(ref _lastPort) & int.MaxValue) % 22_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // taken: the next one
            }
        }
    }

    /// <summary>An IPv4 address of this machine that is not loopback, or null.</summary>
    public static IPAddress? OutsideAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(card => card.OperationalStatus == OperationalStatus.Up)
        .SelectMany(card => card.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));

    /// <summary>A new folder that everybody may enter; short, because socket paths have 108 bytes.</summary>
    public static string NewFolder(string name)
    {
        var folder = Directory.CreateTempSubdirectory($"sd-{name}-").FullName;
        Open(folder, (UnixFileMode)0b111_101_101);
        return folder;
    }

    /// <summary>Sets who may do what in a folder, where folders have such settings.</summary>
    public static void Open(string folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, mode);
        }
    }

    /// <summary>Where a program is, or null.</summary>
    public static string? Find(string program) => Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>The first line that a program says.</summary>
    public static string Ask(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadLine() ?? "";
    }

    /// <summary>Waits until something accepts connections on a port.</summary>
    public static async Task WaitForPortAsync(int port, Func<string> whatItSaid, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, limit.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }

            if (limit.IsCancellationRequested)
            {
                throw new InvalidOperationException($"The server on port {port} did not start: {whatItSaid()}");
            }
        }
    }
}
