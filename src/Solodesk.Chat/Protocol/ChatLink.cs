using System.Collections.Concurrent;

namespace Solodesk.Chat.Protocol;

/// <summary>
/// One open widget on this node. Lines are never handed to it: it is told that there are new ones and reads those after its own place, so
/// that whatever happens between, it shows each once and in order.
/// </summary>
internal sealed class ChatLink(Guid visitor, Func<ReadOnlyMemory<byte>, CancellationToken, Task> send, ReadChat read, CancellationTokenSource closed)
{
    private const int MostWaiting = 256;
    private readonly ConcurrentQueue<byte[]> _waiting = new();
    private int _pumping;
    private long _wanted;
    private bool _following;

    public Guid Visitor => visitor;

    /// <summary>When the widget was last heard of, in ticks of the clock.</summary>
    public long HeardAt;

    public long SentSeq { get; private set; }

    public CancellationToken Closed => closed.Token;

    /// <summary>From here on the lines of the visitor's conversation are sent, after the given number.</summary>
    public void Follow(long after)
    {
        SentSeq = after;
        _following = true;
    }

    /// <summary>A new conversation begins at one.</summary>
    public void Restart()
    {
        SentSeq = 0;
        Wake();
    }

    public void Send(object frame)
    {
        if (_waiting.Count >= MostWaiting)
        {
            Close(); // It does not read; when it comes again it goes on after its last line.
            return;
        }

        _waiting.Enqueue(ChatJson.Write(frame));
        Pump();
    }

    /// <summary>There may be new lines. Who knows up to which one says it: what was sent by then is not read again.</summary>
    public void Wake(long upTo = long.MaxValue)
    {
        if (!_following)
        {
            return;
        }

        var before = Volatile.Read(ref _wanted);
        while (before < upTo)
        {
            var seen = Interlocked.CompareExchange(ref _wanted, upTo, before);
            if (seen == before)
            {
                break;
            }

            before = seen;
        }

        Pump();
    }

    public void Close()
    {
        try
        {
            closed.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Just gone by itself.
        }
    }

    private void Pump()
    {
        if (Interlocked.CompareExchange(ref _pumping, 1, 0) == 0)
        {
            _ = Task.Run(PumpAsync, CancellationToken.None);
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            do
            {
                while (_waiting.TryDequeue(out var frame))
                {
                    await send(frame, Closed);
                }

                if (Interlocked.Exchange(ref _wanted, 0) > SentSeq)
                {
                    await SendLinesAsync();
                }

                Volatile.Write(ref _pumping, 0);
            }
            while ((!_waiting.IsEmpty || Volatile.Read(ref _wanted) > 0) && Interlocked.CompareExchange(ref _pumping, 1, 0) == 0);
        }
        catch (Exception)
        {
            Close(); // A broken socket, or a database that is away: the widget comes again and asks after its last line.
        }
    }

    private async Task SendLinesAsync()
    {
        IReadOnlyList<LineFrame> lines;
        do
        {
            lines = await read.LinesAsync(visitor, SentSeq, Closed);
            foreach (var line in lines)
            {
                await send(ChatJson.Write(line), Closed);
                SentSeq = line.Seq;
            }
        }
        while (lines.Count == ReadChat.AtOnce); // Whoever adds another one from here on wakes again.
    }
}
