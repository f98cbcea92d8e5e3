namespace Solodesk.Bench.Databases;

/// <summary>Where desks of one kind of database lie: found, copied, thrown away, filled.</summary>
internal interface IDeskStore
{
    string Name { get; }

    /// <summary>What the server is told to find the desk.</summary>
    DeskAddress Address(string desk);

    Task<bool> ExistsAsync(string desk, CancellationToken ct);

    /// <summary>Makes room for a desk of this name; its tables come with the first start of the server.</summary>
    Task CreateAsync(string desk, CancellationToken ct);

    Task RemoveAsync(string desk, CancellationToken ct);

    Task RenameAsync(string desk, string name, CancellationToken ct);

    Task CopyAsync(string desk, string copy, CancellationToken ct);

    IBulk OpenBulk(string desk);

    /// <summary>The address of the page that follows this ticket in the list of everything.</summary>
    Task<string> CursorAsync(string desk, long number, CancellationToken ct);

    /// <summary>Bytes on disk.</summary>
    Task<long> SizeAsync(string desk, CancellationToken ct);

    /// <summary>Version and the settings that durability and speed hang on.</summary>
    Task<string> DescribeAsync(CancellationToken ct);
}

/// <summary>How a server finds its desk.</summary>
/// <param name="Folder">Given as <c>--data</c>.</param>
/// <param name="Environment">Variables of its process.</param>
internal sealed record DeskAddress(string Folder, IReadOnlyDictionary<string, string> Environment);
