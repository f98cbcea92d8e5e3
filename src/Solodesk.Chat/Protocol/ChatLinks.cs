using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.AspNetCore.SignalR;
using Solodesk.Live;

namespace Solodesk.Chat.Protocol;

/// <summary>The open widgets of this node, by visitor, and which ticket is whose; knows who is here and since when somebody is not.</summary>
internal sealed class ChatLinks(IHubContext<LiveHub> desk, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, ImmutableArray<ChatLink>> _byVisitor = new();
    private readonly ConcurrentDictionary<Guid, Talk> _talks = new();
    private readonly ConcurrentDictionary<Guid, Guid> _visitorOfTicket = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _left = new();
    private readonly DateTimeOffset _start = clock.GetUtcNow();

    /// <summary>The open conversation of a visitor who is here.</summary>
    public sealed record Talk(Guid Conversation, Guid Ticket, long TicketNumber);

    public int Count => _byVisitor.Values.Sum(l => l.Length);

    public IEnumerable<ChatLink> All => _byVisitor.Values.SelectMany(l => l);

    public void Add(ChatLink link)
    {
        _byVisitor.AddOrUpdate(link.Visitor, [link], (_, links) => links.Add(link));
        _left.TryRemove(link.Visitor, out _);
    }

    public void Remove(ChatLink link)
    {
        while (_byVisitor.TryGetValue(link.Visitor, out var links))
        {
            var rest = links.Remove(link);
            if (rest.IsEmpty ? _byVisitor.TryRemove(new(link.Visitor, links)) : _byVisitor.TryUpdate(link.Visitor, rest, links))
            {
                if (rest.IsEmpty)
                {
                    Leave(link.Visitor);
                }

                return;
            }
        }
    }

    /// <summary>This visitor talks in this ticket.</summary>
    public void Attach(Guid visitor, Guid conversation, Guid ticket, long number)
    {
        var talk = new Talk(conversation, ticket, number);
        var before = _talks.TryGetValue(visitor, out var known) ? known : null;
        if (before == talk)
        {
            return;
        }

        _talks[visitor] = talk;
        _visitorOfTicket[ticket] = visitor;
        if (before is not null && before.Conversation != conversation)
        {
            _visitorOfTicket.TryRemove(new(before.Ticket, visitor));
            foreach (var link in Of(visitor))
            {
                link.Restart();
            }
        }

        Tell(number, "here", IsHere(visitor));
    }

    public void Detach(Guid visitor)
    {
        if (_talks.TryRemove(visitor, out var talk))
        {
            _visitorOfTicket.TryRemove(new(talk.Ticket, visitor));
        }
    }

    public Talk? TalkOf(Guid visitor) => _talks.GetValueOrDefault(visitor);

    public Guid? VisitorOf(Guid ticket) => _visitorOfTicket.TryGetValue(ticket, out var visitor) ? visitor : null;

    public bool IsHere(Guid visitor) => _byVisitor.ContainsKey(visitor);

    /// <summary>When a visitor who is not here was last here, as far as this process knows: it cannot know what was before its start.</summary>
    public DateTimeOffset LastHere(Guid visitor) => IsHere(visitor) ? clock.GetUtcNow() : _left.TryGetValue(visitor, out var left) ? left : _start;

    public ImmutableArray<ChatLink> Of(Guid visitor) => _byVisitor.TryGetValue(visitor, out var links) ? links : [];

    /// <summary>There may be new lines, up to this one if that is known.</summary>
    public void Wake(Guid visitor, long upTo = long.MaxValue)
    {
        foreach (var link in Of(visitor))
        {
            link.Wake(upTo);
        }
    }

    public void Send(Guid visitor, object frame)
    {
        foreach (var link in Of(visitor))
        {
            link.Send(frame);
        }
    }

    /// <summary>Tells open desk pages something that passes: somebody types, has read, came, left.</summary>
    public void Tell(long ticketNumber, string what, object value)
        => _ = desk.Clients.All.SendAsync("chat", new { number = ticketNumber, what, value });

    /// <summary>Lets go of sockets that were silent for too long, and of what is remembered of visitors who left long ago.</summary>
    public void Sweep(TimeSpan silence, TimeSpan memory)
    {
        var now = clock.GetUtcNow();
        foreach (var link in All.Where(l => now.UtcTicks - Volatile.Read(ref l.HeardAt) > silence.Ticks).ToList())
        {
            link.Close();
        }

        foreach (var (visitor, left) in _left.Where(l => now - l.Value > memory).ToList())
        {
            _left.TryRemove(visitor, out _);
            if (!IsHere(visitor))
            {
                Detach(visitor);
            }
        }
    }

    private void Leave(Guid visitor)
    {
        if (_talks.TryGetValue(visitor, out var talk))
        {
            _left[visitor] = clock.GetUtcNow();
            Tell(talk.TicketNumber, "here", false);
        }
    }
}
