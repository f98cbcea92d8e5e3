namespace Solodesk.Mail.Imap;

/// <summary>The raw octets of a message, in memory or, when large, in a temporary file that goes when this is disposed.</summary>
public sealed class ImapContent : IDisposable
{
    private readonly byte[]? _bytes;
    private readonly FileStream? _file;

    private ImapContent(byte[]? bytes, FileStream? file, long length)
    {
        _bytes = bytes;
        _file = file;
        Length = length;
    }

    /// <summary>The number of octets.</summary>
    public long Length { get; }

    /// <summary>True when it waits in a temporary file.</summary>
    public bool IsSpooled => _file is not null;

    /// <summary>Opens the octets from their start. Dispose each stream, and none after this object.</summary>
    public Stream OpenRead()
    {
        if (_bytes is not null)
        {
            return new MemoryStream(_bytes, writable: false);
        }

        return new FileStream(_file!.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>All octets in memory.</summary>
    public async Task<byte[]> ToArrayAsync(CancellationToken ct)
    {
        if (_bytes is not null)
        {
            return _bytes;
        }

        var bytes = new byte[Length];
        await using var stream = OpenRead();
        await stream.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    internal static ImapContent InMemory(byte[] bytes) => new(bytes, null, bytes.Length);

    internal static ImapContent InFile(FileStream file) => new(null, file, file.Length);

    internal static FileStream NewFile()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }
}
