namespace Solodesk.Tickets.Bulk;

/// <summary>Wakes the background work at once when there is some.</summary>
internal sealed class BulkSignal : IDisposable
{
    private readonly SemaphoreSlim _waiting = new(0, 1);

    public void Wake()
    {
        try
        {
            _waiting.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake.
        }
    }

    public Task WaitAsync(TimeSpan most, CancellationToken ct) => _waiting.WaitAsync(most, ct);

    public void Dispose() => _waiting.Dispose();
}
