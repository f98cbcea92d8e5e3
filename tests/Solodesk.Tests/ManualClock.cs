namespace Solodesk.Tests;

/// <summary>A clock that moves only when a test says so. Timers stay the system's: background work is called by tests, not awaited.</summary>
public sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}
