using System.Collections.Concurrent;

namespace Solodesk.Live;

/// <summary>
/// Who has which ticket open and who is typing there, in memory only: it is true for as long as the pages are open. What other nodes tell of
/// theirs is believed for a minute, unless they say it again, because a node that dies says nothing.
/// </summary>
internal sealed class Presence(TimeProvider clock)
{
    internal static readonly TimeSpan Believed = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <summary>Where one open page is.</summary>
    private sealed record Place(Guid Agent, string Name, long Number, bool Typing, DateTimeOffset? Until);

    /// <summary>Somebody at a ticket, however many pages they have open there.</summary>
    public sealed record Person(Guid Id, string Name, bool Typing);

    /// <summary>A page, of this node or <paramref name="elsewhere"/>, shows a ticket now, or none; gives back the tickets whose company has changed.</summary>
    public IReadOnlyList<long> Move(string connection, Guid agent, string name, long? number, bool typing, bool elsewhere = false)
    {
        var before = _places.TryGetValue(connection, out var was) ? was : null;
        if (number is not { } now)
        {
            _places.TryRemove(connection, out _);
            return before is null ? [] : [before.Number];
        }

        var place = new Place(agent, name, now, typing, elsewhere ? clock.GetUtcNow() + Believed : null);
        _places[connection] = place;
        return before is not null && before with { Until = place.Until } == place ? [] : before is null || before.Number == now ? [now] : [before.Number, now];
    }

    public IReadOnlyList<long> Leave(string connection) => Move(connection, Guid.Empty, "", null, false);

    public IReadOnlyList<Person> At(long number)
    {
        var now = clock.GetUtcNow();
        return [.. _places.Values.Where(p => p.Number == number && !(p.Until < now)).GroupBy(p => p.Agent)
            .Select(g => new Person(g.Key, g.First().Name, g.Any(p => p.Typing))).OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    /// <summary>Where this node's pages are, to be said again.</summary>
    internal IReadOnlyList<PresenceStep> Here()
        => [.. _places.Where(p => p.Value.Until is null).Select(p => new PresenceStep(p.Key, p.Value.Agent, p.Value.Name, p.Value.Number, p.Value.Typing))];

    /// <summary>Forgets what nobody has said again; gives back the tickets it was about.</summary>
    internal IReadOnlyList<long> Fade()
    {
        var now = clock.GetUtcNow();
        return [.. _places.Where(p => p.Value.Until < now && _places.TryRemove(p)).Select(p => p.Value.Number).Distinct()];
    }
}

/// <summary>One page's way from ticket to ticket, as nodes tell each other.</summary>
/// <param name="Connection">The page.</param>
/// <param name="Agent">Whose it is.</param>
/// <param name="Name">The agent's name.</param>
/// <param name="Number">The ticket it shows; null when it left.</param>
/// <param name="Typing">Whether somebody types there.</param>
internal sealed record PresenceStep(string Connection, Guid Agent, string Name, long? Number, bool Typing);
