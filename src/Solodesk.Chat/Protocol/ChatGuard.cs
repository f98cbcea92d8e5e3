using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Solodesk.Chat.Settings;

namespace Solodesk.Chat.Protocol;

/// <summary>Holds back who sends too much. What is held back is not lost: the widget is told when to send it again.</summary>
internal sealed class ChatGuard(ChatLimits limits, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<Guid, Bucket> _buckets = new();
    private readonly ConcurrentDictionary<string, int> _sockets = new(StringComparer.Ordinal);
    private readonly PartitionedRateLimiter<string> _openings = Limiter(limits.NewConversations);
    private readonly PartitionedRateLimiter<string> _files = Limiter(limits.Files);
    private readonly PartitionedRateLimiter<string> _lookUps = Limiter(limits.LookUps);

    /// <summary>Null lets the message pass; else how long to wait.</summary>
    public TimeSpan? Hold(Guid visitor)
    {
        var bucket = _buckets.GetOrAdd(visitor, _ => new Bucket { Left = limits.Burst, At = clock.GetTimestamp() });
        lock (bucket)
        {
            var perSecond = limits.MessagesPerMinute / 60.0;
            bucket.Left = Math.Min(limits.Burst, bucket.Left + (clock.GetElapsedTime(bucket.At).TotalSeconds * perSecond));
            bucket.At = clock.GetTimestamp();
            if (bucket.Left < 1)
            {
                return TimeSpan.FromSeconds((1 - bucket.Left) / perSecond);
            }

            bucket.Left--;
            return null;
        }
    }

    public bool MayOpen(string address) => Take(_openings, address);

    public bool MayUpload(string address) => Take(_files, address);

    public bool MayLookUp(string address) => Take(_lookUps, address);

    /// <summary>Null when the address has enough of them open.</summary>
    public IDisposable? Enter(string address)
    {
        if (_sockets.AddOrUpdate(address, 1, (_, n) => n + 1) > limits.SocketsPerAddress)
        {
            Leave(address);
            return null;
        }

        return new Seat(this, address);
    }

    /// <summary>One household or one attacker owns a whole /64 of IPv6 (RFC 6177), so that is what is counted.</summary>
    public static string AddressOf(IPAddress? address)
        => address is null ? "local"
            : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
            : address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();

    public void Sweep()
    {
        foreach (var (visitor, bucket) in _buckets)
        {
            if (clock.GetElapsedTime(bucket.At) > TimeSpan.FromMinutes(10))
            {
                _buckets.TryRemove(visitor, out _);
            }
        }
    }

    public void Dispose()
    {
        _openings.Dispose();
        _files.Dispose();
        _lookUps.Dispose();
    }

    private void Leave(string address)
    {
        if (_sockets.AddOrUpdate(address, 0, (_, n) => n - 1) <= 0)
        {
            _sockets.TryRemove(new(address, 0));
        }
    }

    private static bool Take(PartitionedRateLimiter<string> limiter, string address)
    {
        using var lease = limiter.AttemptAcquire(address);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<string> Limiter(int permits)
        => PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = TimeSpan.FromMinutes(10),
            SegmentsPerWindow = 10,
        }));

    private sealed class Bucket
    {
        public double Left { get; set; }
        public long At { get; set; }
    }

    private sealed class Seat(ChatGuard guard, string address) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                guard.Leave(address);
            }
        }
    }
}
