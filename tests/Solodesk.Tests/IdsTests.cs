using Solodesk.Common;

namespace Solodesk.Tests;

public sealed class IdsTests
{
    [Fact]
    public void Ids_of_one_moment_ascend_in_the_order_in_which_they_were_made()
    {
        var clock = new ManualClock(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var ids = Enumerable.Range(0, 10_000).Select(_ => Ids.New(clock)).ToList();

        // As text, as both databases compare them.
        Assert.Equal(ids.Select(i => i.ToString()).Order(StringComparer.Ordinal), ids.Select(i => i.ToString()));
        Assert.All(ids, i => Assert.Equal((7, 8), (i.Version, i.Variant & 0xC)));
    }

    [Fact]
    public void Ids_carry_their_moment_and_no_two_are_the_same_in_any_thread()
    {
        var clock = new ManualClock(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var ids = Enumerable.Range(0, 4000).AsParallel().Select(_ => Ids.New(clock)).ToList();
        Assert.Equal(4000, ids.Distinct().Count());

        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(string.CompareOrdinal(Ids.New(clock).ToString(), ids.Max(i => i.ToString())) > 0);
        Assert.StartsWith(Guid.CreateVersion7(clock.GetUtcNow()).ToString()[..8], Ids.New(clock).ToString());

        clock.Advance(TimeSpan.FromHours(-1));
        Assert.StartsWith(Guid.CreateVersion7(clock.GetUtcNow()).ToString()[..8], Ids.New(clock).ToString());
    }
}
