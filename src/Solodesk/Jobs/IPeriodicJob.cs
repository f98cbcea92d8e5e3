namespace Solodesk.Jobs;

/// <summary>Periodic work: what is due is found by a column, so a missed run is made up by the next one.</summary>
public interface IPeriodicJob
{
    /// <summary>How long to rest between two runs.</summary>
    TimeSpan Every { get; }

    Task RunAsync(CancellationToken ct);
}
