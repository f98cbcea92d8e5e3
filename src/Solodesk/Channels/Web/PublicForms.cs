using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Solodesk.Channels.Web;

/// <summary>What keeps machines away from forms without an account: not too quick, not too often. No puzzle for people.</summary>
internal sealed class PublicForms(IDataProtectionProvider protection, TimeProvider clock) : IDisposable
{
    /// <summary>Nobody reads and fills a form in less.</summary>
    public static readonly TimeSpan Quickest = TimeSpan.FromSeconds(2);

    /// <summary>A form that lay open longer is dealt out again, with what was typed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(2);

    public const int NewTicketsInTenMinutes = 8;
    public const int AnswersInTenMinutes = 40;

    private readonly ITimeLimitedDataProtector _stamps = protection.CreateProtector("solodesk.public-form").ToTimeLimitedDataProtector();
    private readonly PartitionedRateLimiter<string> _tickets = Limiter(NewTicketsInTenMinutes);
    private readonly PartitionedRateLimiter<string> _answers = Limiter(AnswersInTenMinutes);

    public enum Timing { Fine, TooQuick, TooOld }

    /// <summary>Says when the form was dealt out, in a way that cannot be made up.</summary>
    public string Stamp() => _stamps.Protect(clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromDays(3650));

    public Timing Judge(string? stamp)
    {
        try
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(_stamps.Unprotect(stamp ?? ""), System.Globalization.CultureInfo.InvariantCulture));
            var age = clock.GetUtcNow() - at;
            return age < Quickest ? Timing.TooQuick : age > Longest ? Timing.TooOld : Timing.Fine;
        }
        catch (CryptographicException)
        {
            return Timing.TooOld;
        }
    }

    public bool MayOpen(HttpContext context) => Take(_tickets, context);

    public bool MayAnswer(HttpContext context) => Take(_answers, context);

    public void Dispose()
    {
        _tickets.Dispose();
        _answers.Dispose();
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
            PermitLimit = permits,
            Window = TimeSpan.FromMinutes(10),
            SegmentsPerWindow = 10,
        }));
}
