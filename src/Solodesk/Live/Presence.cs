using System.Collections.Concurrent;

namespace Solodesk.Live;

/// <summary>Who has which ticket open and who is typing there, in memory only: it is true for as long as the pages are open.</summary>
public sealed class Presence
{
    private readonly ConcurrentDictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <summary>Where one open page is.</summary>
    private sealed record Place(Guid Agent, string Name, long Number, bool Typing);

    /// <summary>Somebody at a ticket, however many pages they have open there.</summary>
    public sealed record Person(Guid Id, string Name, bool Typing);

    /// <summary>A page shows a ticket now, or none; gives back the tickets whose company has changed.</summary>
    public IReadOnlyList<long> Move(string connection, Guid agent, string name, long? number, bool typing)
    {
        var before = _places.TryGetValue(connection, out var was) ? was : null;
        if (number is not { } now)
        {
            _places.TryRemove(connection, out _);
            return before is null ? [] : [before.Number];
        }

        var place = new Place(agent, name, now, typing);
        _places[connection] = place;
        return before == place ? [] : before is null || before.Number == now ? [now] : [before.Number, now];
    }

    public IReadOnlyList<long> Leave(string connection) => Move(connection, Guid.Empty, "", null, false);

    public IReadOnlyList<Person> At(long number)
        => [.. _places.Values.Where(p => p.Number == number).GroupBy(p => p.Agent)
            .Select(g => new Person(g.Key, g.First().Name, g.Any(p => p.Typing))).OrderBy(p => p.Name, StringComparer.Ordinal)];
}
