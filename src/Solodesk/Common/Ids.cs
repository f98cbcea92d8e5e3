using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Solodesk.Common;

/// <summary>Row ids that sort by time, and tokens that cannot be guessed.</summary>
public static class Ids
{
    // One count for each clock: tests run several at different times.
    private static readonly ConditionalWeakTable<TimeProvider, Sequence> Sequences = [];

    /// <summary>
    /// A UUID version 7 (RFC 9562 §5.7). Those of one process and clock ascend even within a millisecond (§6.2, method 1), so that what is
    /// written together, the files of a mail for one, is read in the order in which it was written.
    /// </summary>
    public static Guid New(TimeProvider clock)
    {
        var tick = Sequences.GetValue(clock, static _ => new Sequence()).Next(clock.GetUtcNow().ToUnixTimeMilliseconds());
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[8..]);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)(tick >> 12) << 16) | 0x7000 | ((ulong)tick & 0xFFF));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>A URL-safe token of 160 random bits for public links.</summary>
    public static string Token() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(20));

    /// <summary>Milliseconds and, in the lower twelve bits, a count within each.</summary>
    private sealed class Sequence
    {
        // A clock that was set back by more is believed; one that was corrected a little does not undo the order.
        private const long Correction = 10_000L << 12;

        private long _last;

        public long Next(long milliseconds)
        {
            while (true)
            {
                var last = Volatile.Read(ref _last);
                var now = milliseconds << 12;
                var next = now > last || last - now > Correction ? now : last + 1;
                if (Interlocked.CompareExchange(ref _last, next, last) == last)
                {
                    return next;
                }
            }
        }
    }
}
