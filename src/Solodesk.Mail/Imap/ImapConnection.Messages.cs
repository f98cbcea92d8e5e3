using System.Globalization;
using System.Runtime.CompilerServices;

namespace Solodesk.Mail.Imap;

/// <content>Messages of the open mailbox: find, fetch, mark, move.</content>
public sealed partial class ImapConnection
{
    /// <summary>The UIDs from one on, in ascending order.</summary>
    /// <param name="since">The lowest UID wanted, at least 1.</param>
    /// <param name="ct">Cancelling breaks the connection.</param>
    public async Task<IReadOnlyList<uint>> SearchUidsAsync(uint since, CancellationToken ct)
    {
        var uids = await SearchAsync(string.Create(CultureInfo.InvariantCulture, $"UID {Math.Max(since, 1)}:*"), ct);
        // “n:*” always names the last message, even when its UID is below n (RFC 9051 §9, seq-range).
        return [.. uids.Where(uid => uid >= since)];
    }

    /// <summary>The UIDs of what the server received on a day or later, in ascending order.</summary>
    /// <param name="day">The day by the server's own clock and zone, whose time of day it disregards (RFC 9051 §6.4.4, SINCE).</param>
    /// <param name="ct">Cancelling breaks the connection.</param>
    public Task<IReadOnlyList<uint>> SearchUidsReceivedSinceAsync(DateOnly day, CancellationToken ct)
        => SearchAsync(string.Create(CultureInfo.InvariantCulture, $"SINCE {day:d-MMM-yyyy}"), ct);

    private async Task<IReadOnlyList<uint>> SearchAsync(string criteria, CancellationToken ct)
    {
        var uids = new List<uint>();
        var extended = Capabilities.Has("ESEARCH") ? "RETURN (ALL) " : "";
        await OkAsync(new($"UID SEARCH {extended}{criteria}"), response =>
        {
            if (response.Name == "SEARCH")
            {
                uids.AddRange(response.Values.Select(value => value.TryNumber(out var uid) && uid <= uint.MaxValue ? (uint)uid : 0));
                return true;
            }

            if (response.Name != "ESEARCH")
            {
                return false;
            }

            for (var i = 0; i + 1 < response.Values.Count; i++)
            {
                if (string.Equals(response.Values[i].Text, "ALL", StringComparison.OrdinalIgnoreCase))
                {
                    uids.AddRange(ReadSet(response.Values[i + 1].AsText() ?? ""));
                }
            }

            return true;
        }, ct);
        return [.. uids.Where(uid => uid > 0).Distinct().Order()];
    }

    /// <summary>Whether the open mailbox holds a message of this id.</summary>
    /// <param name="messageId">The id, with or without angle brackets.</param>
    /// <param name="ct">Cancelling breaks the connection.</param>
    public async Task<bool> HoldsAsync(string messageId, CancellationToken ct)
    {
        var found = false;
        // Without RETURN: every server answers this form, and only whether there is one matters.
        var command = new ImapCommand("UID SEARCH HEADER Message-ID ").String(messageId.Trim('<', '>', ' '), SpeaksUtf8);
        await OkAsync(command, response =>
        {
            // rev2 answers with ESEARCH, whose first value is the tag it belongs to.
            found |= (response.Name == "SEARCH" && response.Values.Count > 0)
                || (response.Name == "ESEARCH" && response.Values.Any(value => string.Equals(value.Text, "ALL", StringComparison.OrdinalIgnoreCase)));
            return response.Name is "SEARCH" or "ESEARCH";
        }, ct);
        return found;
    }

    /// <summary>Fetches messages, <c>\Seen</c> untouched (BODY.PEEK), in windows so that neither side holds much. Those gone meanwhile are left out.</summary>
    /// <param name="uids">Which ones.</param>
    /// <param name="ct">Cancelling breaks the connection.</param>
    /// <returns>The messages in ascending order; dispose each. Other commands may run between two of them.</returns>
    public async IAsyncEnumerable<ImapMessage> FetchAsync(IReadOnlyList<uint> uids, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var window in uids.Distinct().Order().Chunk(_options.WindowMessages))
        {
            var summaries = await SummariesAsync(window, ct);
            foreach (var group in Groups(summaries))
            {
                var messages = await ContentsAsync(group, ct);
                var next = 0;
                try
                {
                    while (next < messages.Count)
                    {
                        yield return messages[next++];
                    }
                }
                finally
                {
                    messages.Skip(next).ToList().ForEach(message => message.Dispose()); // the caller left early
                }
            }
        }
    }

    /// <summary>Fetches every message from one UID to another; see the other overload.</summary>
    /// <param name="first">The lowest UID.</param>
    /// <param name="last">The highest UID; null for no limit.</param>
    /// <param name="ct">Cancelling breaks the connection.</param>
    public async IAsyncEnumerable<ImapMessage> FetchAsync(uint first, uint? last, [EnumeratorCancellation] CancellationToken ct)
    {
        var uids = await SearchUidsAsync(first, ct);
        await foreach (var message in FetchAsync([.. uids.Where(uid => last is null || uid <= last)], ct))
        {
            yield return message;
        }
    }

    /// <summary>What changed since a point (CONDSTORE, RFC 7162 §3.1.4; with QRESYNC also what vanished).</summary>
    /// <param name="modSeq">The <see cref="ImapSelected.HighestModSeq"/> kept from before.</param>
    /// <param name="ct">Cancelling breaks the connection.</param>
    /// <exception cref="NotSupportedException">The mailbox keeps no count of changes.</exception>
    public async Task<ImapChangesSince> ChangesSinceAsync(ulong modSeq, CancellationToken ct)
    {
        if (Selected?.HighestModSeq is null)
        {
            throw new NotSupportedException("The server keeps no count of changes in this mailbox.");
        }

        var changed = new List<ImapFlagState>();
        var vanished = _enabled.Contains("QRESYNC") ? new List<uint>() : null;
        var modifiers = string.Create(CultureInfo.InvariantCulture, $"(CHANGEDSINCE {modSeq}{(vanished is null ? "" : " VANISHED")})");
        await OkAsync(new($"UID FETCH 1:* (UID FLAGS) {modifiers}"), response =>
        {
            if (response.Name == "VANISHED" && response.Values is [{ Items: not null }, { } set])
            {
                vanished?.AddRange(ReadSet(set.AsText() ?? ""));
                return true;
            }

            if (response.Name != "FETCH" || FetchItems.Of(response) is not { Uid: > 0 } items)
            {
                return false;
            }

            changed.Add(new(items.Uid, items.Flags, items.ModSeq));
            return true;
        }, ct);
        return new(changed, vanished);
    }

    /// <summary>Changes flags. Messages that are gone are passed over by the server.</summary>
    public async Task StoreFlagsAsync(IReadOnlyList<uint> uids, ImapFlagChange change, IReadOnlyList<string> flags, CancellationToken ct)
    {
        if (uids.Count == 0)
        {
            return;
        }

        var verb = change switch
        {
            ImapFlagChange.Add => "+FLAGS.SILENT",
            ImapFlagChange.Remove => "-FLAGS.SILENT",
            ImapFlagChange.Replace => "FLAGS.SILENT",
        };
        // With CONDSTORE even a silent change is echoed with its number; that echo is no news.
        await OkAsync(new($"UID STORE {UidSet.Write([.. uids.Distinct().Order()])} {verb} ({Flags(flags)})"), response => response.Name == "FETCH", ct);
    }

    /// <summary>
    /// Moves messages to another mailbox: by MOVE (RFC 6851), else by copying, marking <c>\Deleted</c> and removing exactly these (UIDPLUS).
    /// Without UIDPLUS they stay, marked: EXPUNGE would take other people's deleted messages with them.
    /// </summary>
    public async Task<ImapMoved> MoveAsync(IReadOnlyList<uint> uids, string mailbox, CancellationToken ct)
    {
        if (uids.Count == 0)
        {
            return new(new Dictionary<uint, uint>(), SourceRemoved: true);
        }

        var set = UidSet.Write([.. uids.Distinct().Order()]);
        var moved = new Dictionary<uint, uint>();
        if (Capabilities.Has("MOVE"))
        {
            TakeCopied(await CopyAsync(Named($"UID MOVE {set}", mailbox), mailbox, moved, ct), moved);
            return new(moved, SourceRemoved: true);
        }

        TakeCopied(await CopyAsync(Named($"UID COPY {set}", mailbox), mailbox, moved, ct), moved);
        await StoreFlagsAsync(uids, ImapFlagChange.Add, ["\\Deleted"], ct);
        if (!Capabilities.Has("UIDPLUS"))
        {
            return new(moved, SourceRemoved: false);
        }

        await OkAsync(new($"UID EXPUNGE {set}"), null, ct);
        return new(moved, SourceRemoved: true);
    }

    private async Task<ImapResponse> CopyAsync(ImapCommand command, string mailbox, Dictionary<uint, uint> moved, CancellationToken ct)
    {
        // MOVE sends COPYUID in an untagged OK, before the EXPUNGEs (RFC 6851 §4.3).
        var response = await _dialogue.RunAsync(command, untagged => TakeCopied(untagged, moved), ct);
        TakeCode(response);
        return response.IsOk ? response
            : response.Code is "TRYCREATE" or "NONEXISTENT" or "CANNOT" or "NOPERM" ? throw ImapRefusal.Mailbox(_transport, response, mailbox)
            : throw ImapRefusal.Command(_transport, response);
    }

    private bool TakeCopied(ImapResponse response, Dictionary<uint, uint> moved)
    {
        if (response.Code != "COPYUID" || response.CodeText.Split(' ') is not [_, var from, var to])
        {
            return false;
        }

        foreach (var (old, now) in ReadSet(from).Zip(ReadSet(to)))
        {
            moved[old] = now;
        }

        return true;
    }

    private async Task<List<FetchItems>> SummariesAsync(uint[] window, CancellationToken ct)
    {
        var found = new Dictionary<uint, FetchItems>();
        var wanted = window.ToHashSet();
        await OkAsync(new($"UID FETCH {UidSet.Write(window)} (UID FLAGS INTERNALDATE RFC822.SIZE)"), response =>
        {
            if (response.Name != "FETCH" || FetchItems.Of(response) is not { HasSize: true } items || !wanted.Contains(items.Uid))
            {
                return false;
            }

            found[items.Uid] = items;
            return true;
        }, ct);
        return [.. found.Values.OrderBy(items => items.Uid)];
    }

    /// <summary>Cuts a window so that one command asks for no more than <see cref="ImapOptions.WindowBytes"/>, or for one message.</summary>
    private IEnumerable<List<FetchItems>> Groups(List<FetchItems> summaries)
    {
        var group = new List<FetchItems>();
        var bytes = 0L;
        foreach (var summary in summaries)
        {
            if (group.Count > 0 && bytes + summary.Size > _options.WindowBytes)
            {
                yield return group;
                (group, bytes) = ([], 0);
            }

            group.Add(summary);
            bytes += summary.Size <= _options.MaxMessageSize ? summary.Size : 0;
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private async Task<List<ImapMessage>> ContentsAsync(List<FetchItems> group, CancellationToken ct)
    {
        var contents = new Dictionary<uint, ImapLiteral>();
        var refused = new HashSet<uint>();
        try
        {
            uint[] wanted = [.. group.Where(items => items.Size <= _options.MaxMessageSize).Select(items => items.Uid)];
            if (wanted.Length > 0 && !await TryContentsAsync(wanted, contents, ct))
            {
                // One message that the server cannot read must not keep the others away.
                foreach (var uid in wanted.Where(uid => !contents.ContainsKey(uid)))
                {
                    if (!await TryContentsAsync([uid], contents, ct))
                    {
                        refused.Add(uid);
                    }
                }
            }
        }
        catch
        {
            foreach (var literal in contents.Values)
            {
                literal.Content?.Dispose();
            }

            throw;
        }

        var messages = new List<ImapMessage>(group.Count);
        foreach (var items in group)
        {
            if (contents.TryGetValue(items.Uid, out var literal))
            {
                messages.Add(items.ToMessage(literal.Content is null ? ImapContentState.TooLarge : ImapContentState.Present, literal.Content));
            }
            else if (items.Size > _options.MaxMessageSize || refused.Contains(items.Uid))
            {
                messages.Add(items.ToMessage(refused.Contains(items.Uid) ? ImapContentState.Refused : ImapContentState.TooLarge, null));
            }
        }

        return messages;
    }

    /// <summary>False when the server said NO or BAD; what came before that is kept.</summary>
    private async Task<bool> TryContentsAsync(uint[] uids, Dictionary<uint, ImapLiteral> contents, CancellationToken ct)
    {
        var wanted = uids.ToHashSet();
        var response = await _dialogue.RunAsync(new($"UID FETCH {UidSet.Write(uids)} (UID BODY.PEEK[])"), untagged =>
        {
            if (untagged.Name != "FETCH" || FetchItems.Of(untagged) is not { Body: { } body } items || !wanted.Contains(items.Uid)
                || contents.ContainsKey(items.Uid))
            {
                return false;
            }

            contents[items.Uid] = body;
            return true;
        }, ct);
        TakeCode(response);
        return response.IsOk;
    }
}
