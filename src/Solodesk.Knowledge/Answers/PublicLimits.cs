using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Solodesk.Knowledge.Answers;

/// <summary>How often one address may ask, judge and search: people never notice, machines do.</summary>
internal sealed class PublicLimits : IDisposable
{
    private const int FeedbackPerMinute = 20;
    private const int SearchesPerMinute = 240;

    private readonly PartitionedRateLimiter<string> _feedback = Limiter(FeedbackPerMinute);
    private readonly PartitionedRateLimiter<string> _searches = Limiter(SearchesPerMinute);
    private PartitionedRateLimiter<string> _calls = Limiter(60);
    private int _perMinute = 60;

    public bool MayCall(HttpContext context, int perMinute)
    {
        if (perMinute != _perMinute)
        {
            (_calls, _perMinute) = (Limiter(perMinute), perMinute);
        }

        return Take(_calls, context);
    }

    public bool MayJudge(HttpContext context) => Take(_feedback, context);

    public bool MaySearch(HttpContext context) => Take(_searches, context);

    public void Dispose()
    {
        _feedback.Dispose();
        _searches.Dispose();
        _calls.Dispose();
    }

    private static bool Take(PartitionedRateLimiter<string> limiter, HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(PartitionOf(context));
        return lease.IsAcquired;
    }

    // One household or one attacker owns a whole /64 of IPv6 (RFC 6177), so that is what is counted.
    private static string PartitionOf(HttpContext context)
        => context.Connection.RemoteIpAddress is not { } address ? "local"
            : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
            : address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();

    private static PartitionedRateLimiter<string> Limiter(int permits)
        => PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = Math.Max(1, permits),
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
        }));
}
