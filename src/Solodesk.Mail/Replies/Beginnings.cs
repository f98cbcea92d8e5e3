using System.Collections.Frozen;

namespace Solodesk.Mail.Replies;

/// <summary>Many possible beginnings of a line, sorted by their first character.</summary>
internal sealed class Beginnings(string[] beginnings)
{
    private readonly FrozenDictionary<char, string[]> _byFirst = beginnings.GroupBy(beginning => char.ToLowerInvariant(beginning[0])).ToFrozenDictionary(group => group.Key, group => group.ToArray());

    public bool Begins(string line)
    {
        if (_byFirst.TryGetValue(char.ToLowerInvariant(line[0]), out var candidates))
        {
            foreach (var beginning in candidates)
            {
                if (line.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
