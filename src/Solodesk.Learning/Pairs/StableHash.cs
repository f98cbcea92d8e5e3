namespace Solodesk.Learning.Pairs;

/// <summary>A hash that is the same in every process and version (FNV-1a and a xorshift), so that what is learned can be kept.</summary>
internal static class StableHash
{
    internal static ulong Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash | 1;
    }

    internal static ulong Next(ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        return state ^ (state << 17);
    }
}
