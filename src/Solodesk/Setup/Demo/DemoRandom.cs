namespace Solodesk.Setup.Demo;

/// <summary>Chance that repeats: SplitMix64, whose whole state is one number, so that the same seed tells the same story on every machine.</summary>
internal sealed class DemoRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Bits()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 up to, not including, 1.</summary>
    public double Next() => (Bits() >> 11) / (double)(1UL << 53);

    /// <summary>From <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public int Between(int from, int to) => from + (int)(Next() * (to - from + 1));

    public bool Chance(double share) => Next() < share;

    public T Pick<T>(IReadOnlyList<T> from) => from[Between(0, from.Count - 1)];

    public T Weighted<T>(IReadOnlyList<T> from, Func<T, double> weight)
    {
        var left = Next() * from.Sum(weight);
        foreach (var item in from)
        {
            left -= weight(item);
            if (left < 0)
            {
                return item;
            }
        }

        return from[^1];
    }

    public List<T> Shuffled<T>(IEnumerable<T> items)
    {
        var list = items.ToList();
        for (var i = list.Count - 1; i > 0; i--)
        {
            var other = Between(0, i);
            (list[i], list[other]) = (list[other], list[i]);
        }

        return list;
    }

    /// <summary>A row id that sorts by its time (RFC 9562 §5.7), its random part from this seed.</summary>
    public Guid Id(DateTimeOffset at)
    {
        var milliseconds = (ulong)at.ToUnixTimeMilliseconds();
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, (milliseconds << 16) | 0x7000 | (Bits() & 0x0FFF));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000000000000000 | (Bits() >> 2));
        return new Guid(bytes, bigEndian: true);
    }
}
