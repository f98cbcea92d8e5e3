using System.Globalization;
using System.Text;

namespace Solodesk.Mail.Imap;

/// <summary>The items of one FETCH response that we ask for, in whatever order they came.</summary>
internal sealed record FetchItems
{
    private static readonly string[] DateForms = ["d-MMM-yyyy HH:mm:ss zzz", "dd-MMM-yyyy HH:mm:ss zzz"];

    public uint Uid { get; init; }

    public long Size { get; init; }

    public bool HasSize { get; init; }

    public DateTimeOffset? Received { get; init; }

    public IReadOnlyList<string> Flags { get; init; } = [];

    public ulong? ModSeq { get; init; }

    /// <summary>The whole message; null when it was not among the items.</summary>
    public ImapLiteral? Body { get; init; }

    public ImapMessage ToMessage(ImapContentState state, ImapContent? content) => new(Uid, Size, Received, Flags, state, content);

    public static FetchItems? Of(ImapResponse response)
    {
        if (response.Values is not [{ Items: { } pairs }, ..])
        {
            return null;
        }

        var items = new FetchItems();
        for (var i = 0; i + 1 < pairs.Count; i += 2)
        {
            items = items.With((pairs[i].Text ?? "").ToUpperInvariant(), pairs[i + 1]);
        }

        return items;
    }

    private FetchItems With(string name, ImapValue value) => name switch
    {
        "UID" when value.TryNumber(out var uid) && uid <= uint.MaxValue => this with { Uid = (uint)uid },
        "RFC822.SIZE" when value.TryNumber(out var size) => this with { Size = (long)Math.Min(size, long.MaxValue), HasSize = true },
        "INTERNALDATE" when Date(value.AsText()) is { } date => this with { Received = date },
        "FLAGS" when value.Items is { } flags => this with { Flags = [.. flags.Select(flag => flag.AsText()).OfType<string>()] },
        "MODSEQ" when value.Items is [{ } number] && number.TryNumber(out var modSeq) => this with { ModSeq = modSeq },
        "BODY[]" or "RFC822" => this with { Body = value.Literal ?? Small(value.AsText() ?? "") },
        _ => this,
    };

    /// <summary>A small message may come as a quoted string, and an unreadable one as NIL.</summary>
    private static ImapLiteral Small(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new(bytes.Length, ImapContent.InMemory(bytes));
    }

    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParseExact(text?.Trim(), DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
