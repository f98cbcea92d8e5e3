using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Browser.Stage;

/// <summary>A file of 30 MB on disk for as long as it is handed in.</summary>
internal sealed class LargeFile : IDisposable
{
    private readonly string _folder = TestServers.NewFolder("large");

    public string Path => System.IO.Path.Combine(_folder, "recording.bin");

    public static async Task<LargeFile> MakeAsync(CancellationToken ct)
    {
        var file = new LargeFile();
        await File.WriteAllBytesAsync(file.Path, new byte[30 * 1024 * 1024], ct);
        return file;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
