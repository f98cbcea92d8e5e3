using System.Buffers;
using System.Security.Cryptography;

namespace Solodesk.Files;

/// <summary>Files in a folder, two levels deep by the first characters of their hash.</summary>
internal sealed class LocalFileStore(DeskFolders folders, TimeProvider clock) : IFileStore
{
    private const int BufferSize = 81920;

    public async Task<StoredFile> SaveAsync(Stream content, long limit, CancellationToken ct)
    {
        Directory.CreateDirectory(folders.Incoming);
        var temporary = Path.Combine(folders.Incoming, Path.GetRandomFileName());
        try
        {
            var stored = await WriteAsync(content, temporary, limit, ct);
            var final = PathOf(stored.Sha256);
            if (!File.Exists(final))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(final)!);
                File.Move(temporary, final, overwrite: true);
            }
            else
            {
                // Whoever sweeps sees that these bytes are wanted again.
                File.SetLastWriteTimeUtc(final, clock.GetUtcNow().UtcDateTime);
            }

            return stored;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Task<Stream?> OpenAsync(string sha256, CancellationToken ct)
    {
        var path = PathOf(sha256);
        return Task.FromResult<Stream?>(File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan)
            : null);
    }

    public Task ForgetAsync(string sha256, DateTimeOffset before, CancellationToken ct)
    {
        var path = PathOf(sha256);
        if (File.Exists(path) && File.GetLastWriteTimeUtc(path) < before.UtcDateTime)
        {
            File.Delete(path);
        }

        return Task.CompletedTask;
    }

    private static async Task<StoredFile> WriteAsync(Stream content, string path, long limit, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
            long size = 0;
            while (await content.ReadAsync(buffer, ct) is > 0 and var read)
            {
                size += read;
                if (size > limit)
                {
                    throw new FileTooLargeException(limit);
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), ct);
            }

            // The row that names this file is committed after us: the bytes must survive a power cut before it does.
            file.Flush(flushToDisk: true);
            return new StoredFile(Convert.ToHexStringLower(hash.GetHashAndReset()), size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private string PathOf(string sha256) => Path.Combine(folders.Files, sha256[..2], sha256[2..4], sha256);
}
