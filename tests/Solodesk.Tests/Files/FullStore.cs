using Microsoft.Extensions.DependencyInjection;
using Solodesk.Files;

namespace Solodesk.Tests.Files;

/// <summary>The desk's own file store, on a disk that is full while it says so.</summary>
internal sealed class FullStore : IFileStore
{
    private IFileStore? _real;
    private volatile bool _full;

    /// <summary>What the disk says then.</summary>
    public Exception Says { get; init; } = new IOException("No space left on device", 28);

    public bool IsFull { get => _full; set => _full = value; }

    public void Use(IServiceCollection services) => services.AddSingleton<IFileStore>(provider =>
    {
        _real = ActivatorUtilities.CreateInstance<LocalFileStore>(provider);
        return this;
    });

    public async Task<StoredFile> SaveAsync(Stream content, long limit, CancellationToken ct)
    {
        if (IsFull)
        {
            // Half of it went well, as on a real disk.
            _ = await content.ReadAsync(new byte[16], ct);
            throw Says;
        }

        return await _real!.SaveAsync(content, limit, ct);
    }

    public Task<Stream?> OpenAsync(string sha256, CancellationToken ct) => _real!.OpenAsync(sha256, ct);

    public Task ForgetAsync(string sha256, DateTimeOffset before, CancellationToken ct) => _real!.ForgetAsync(sha256, before, ct);
}
