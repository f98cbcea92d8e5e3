namespace Solodesk.Mail.Imap;

/// <summary>Why a message has content or not.</summary>
public enum ImapContentState
{
    /// <summary>It was fetched.</summary>
    Present,

    /// <summary>It is larger than <see cref="ImapOptions.MaxMessageSize"/>.</summary>
    TooLarge,

    /// <summary>The server would not or could not give it.</summary>
    Refused,
}

/// <summary>A message as fetched. Dispose it when its content was stored.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="Size">Its octets, as the server counts them.</param>
/// <param name="Received">When the server received it; null when it does not say.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="State">Whether there is content.</param>
/// <param name="Content">The raw message; null unless <paramref name="State"/> is present.</param>
public sealed record ImapMessage(
    uint Uid, long Size, DateTimeOffset? Received, IReadOnlyList<string> Flags, ImapContentState State, ImapContent? Content) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Content?.Dispose();
}

/// <summary>The flags of a message, and the change they came with.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="Flags">Its flags now.</param>
/// <param name="ModSeq">The number of the change (RFC 7162); null when the server does not say.</param>
public sealed record ImapFlagState(uint Uid, IReadOnlyList<string> Flags, ulong? ModSeq);

/// <summary>What changed in a mailbox since a point.</summary>
/// <param name="Changed">Messages that are new or whose flags changed.</param>
/// <param name="Vanished">UIDs that are gone (RFC 7162 §3.2.10); null when the server cannot tell.</param>
public sealed record ImapChangesSince(IReadOnlyList<ImapFlagState> Changed, IReadOnlyList<uint>? Vanished);

/// <summary>What became of messages that were moved.</summary>
/// <param name="NewUids">From the old UID to the new one, where the server says (UIDPLUS, RFC 4315).</param>
/// <param name="SourceRemoved">False when they were copied and marked <c>\Deleted</c>, because the server cannot remove single messages.</param>
public sealed record ImapMoved(IReadOnlyDictionary<uint, uint> NewUids, bool SourceRemoved);

/// <summary>What happened in the selected mailbox.</summary>
[Flags]
public enum ImapChanges
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It holds more messages than before.</summary>
    NewMessages = 1,

    /// <summary>Messages were removed.</summary>
    Removed = 2,

    /// <summary>Flags changed.</summary>
    Flags = 4,
}

/// <summary>How flags are changed.</summary>
public enum ImapFlagChange
{
    /// <summary>Adds them to those that are set.</summary>
    Add,

    /// <summary>Takes them away.</summary>
    Remove,

    /// <summary>Leaves exactly these.</summary>
    Replace,
}
