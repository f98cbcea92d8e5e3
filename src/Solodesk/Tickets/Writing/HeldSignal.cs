namespace Solodesk.Tickets.Writing;

/// <summary>Tells the sender of held answers that there is a new one, so that it does not oversleep it.</summary>
public sealed class HeldSignal : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0, 1);

    public void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // Two at once, or the last one while stopping: once is enough.
        }
    }

    public Task WaitAsync(TimeSpan longest, CancellationToken ct) => _wake.WaitAsync(longest, ct);

    public void Dispose() => _wake.Dispose();
}
