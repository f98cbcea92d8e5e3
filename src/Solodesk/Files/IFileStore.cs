namespace Solodesk.Files;

/// <summary>Bytes under the SHA-256 of their content: stored once however often they come, never changed.</summary>
public interface IFileStore
{
    /// <summary>Stores the stream to its end and gives back its hash and length. The bytes are on disk when this returns.</summary>
    /// <exception cref="FileTooLargeException">The stream is longer than <paramref name="limit"/>; nothing is kept.</exception>
    Task<StoredFile> SaveAsync(Stream content, long limit, CancellationToken ct);

    /// <summary>Opens a stored file, or gives null when it is not there.</summary>
    Task<Stream?> OpenAsync(string sha256, CancellationToken ct);

    /// <summary>Lets go of bytes that no row names any more, unless they were stored (again) after <paramref name="before"/>.</summary>
    Task ForgetAsync(string sha256, DateTimeOffset before, CancellationToken ct);
}

/// <summary>What was stored.</summary>
/// <param name="Sha256">Lower-case hex of the content's hash: its name.</param>
/// <param name="Size">Bytes.</param>
public sealed record StoredFile(string Sha256, long Size);

public sealed class FileTooLargeException(long limit) : IOException($"The file is larger than {limit} bytes")
{
    public long Limit => limit;
}
