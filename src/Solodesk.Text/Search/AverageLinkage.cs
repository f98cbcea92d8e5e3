namespace Solodesk.Text.Search;

/// <summary>
/// Agglomerative clustering with average linkage over sparse likenesses: two that were never said to be alike are not. Ties go to
/// those that came first, so that the same questions give the same groups.
/// </summary>
internal sealed class AverageLinkage
{
    private readonly double _least;

    /// <summary>For each group the sum of the likenesses between its members and those of each other group; null once it has gone into another.</summary>
    private readonly Dictionary<int, double>?[] _near;
    private readonly List<int>[] _members;

    /// <summary>How often a group has grown: what was queued before that is out of date.</summary>
    private readonly int[] _grown;
    private readonly PriorityQueue<Candidate, (double Unlike, int One, int Other)> _queue = new();

    /// <param name="count">How many there are.</param>
    /// <param name="least">How alike two groups must be on average to become one.</param>
    internal AverageLinkage(int count, double least)
    {
        _least = least;
        _near = [.. Enumerable.Range(0, count).Select(_ => new Dictionary<int, double>())];
        _members = [.. Enumerable.Range(0, count).Select(i => new List<int> { i })];
        _grown = new int[count];
    }

    /// <summary>Says how alike two are (once for each two).</summary>
    internal void Add(int one, int other, double likeness)
    {
        _near[one]![other] = likeness;
        _near[other]![one] = likeness;
        Queue(one, other, likeness);
    }

    /// <summary>Joins as long as two are alike enough; the groups in the order of their first members.</summary>
    internal List<List<int>> Groups()
    {
        while (_queue.TryDequeue(out var next, out _))
        {
            if (_near[next.One] is { } into && _near[next.Other] is { } from && _grown[next.One] == next.OneGrown && _grown[next.Other] == next.OtherGrown)
            {
                Join(next.One, into, next.Other, from);
            }
        }

        return [.. _members.Where(m => m.Count > 0).Select(m => m.Order().ToList())];
    }

    private void Join(int one, Dictionary<int, double> into, int other, Dictionary<int, double> from)
    {
        _near[other] = null;
        into.Remove(other);
        foreach (var (third, sum) in from.Where(n => n.Key != one))
        {
            _near[third]!.Remove(other);
            into[third] = into.GetValueOrDefault(third) + sum;
        }

        _members[one].AddRange(_members[other]);
        _members[other] = [];
        _grown[one]++;
        foreach (var (third, sum) in into)
        {
            _near[third]![one] = sum;
            Queue(Math.Min(one, third), Math.Max(one, third), sum / (_members[one].Count * _members[third].Count));
        }
    }

    private void Queue(int one, int other, double likeness)
    {
        if (likeness >= _least)
        {
            _queue.Enqueue(new Candidate(one, other, _grown[one], _grown[other]), (-likeness, one, other));
        }
    }

    private readonly record struct Candidate(int One, int Other, int OneGrown, int OtherGrown);
}
