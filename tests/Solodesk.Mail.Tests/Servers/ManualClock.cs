namespace Solodesk.Mail.Tests.Servers;

/// <summary>A clock that stands until it is moved; timers do not run on it.</summary>
internal sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Move(TimeSpan by) => _now += by;
}
