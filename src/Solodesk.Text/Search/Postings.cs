namespace Solodesk.Text.Search;

/// <summary>In which pools a term occurs, and how often. Order carries no meaning.</summary>
internal sealed class Postings
{
    private int[] _slots = new int[2];
    private float[] _counts = new float[2];

    internal int Count { get; private set; }

    internal ReadOnlySpan<int> Slots => _slots.AsSpan(0, Count);

    internal ReadOnlySpan<float> Counts => _counts.AsSpan(0, Count);

    internal void Add(int slot, float count)
    {
        if (Count == _slots.Length)
        {
            Array.Resize(ref _slots, Count * 2);
            Array.Resize(ref _counts, Count * 2);
        }

        _slots[Count] = slot;
        _counts[Count++] = count;
    }

    internal void Remove(int slot)
    {
        var at = Slots.IndexOf(slot);
        if (at < 0)
        {
            return;
        }

        Count--;
        _slots[at] = _slots[Count];
        _counts[at] = _counts[Count];
    }
}
