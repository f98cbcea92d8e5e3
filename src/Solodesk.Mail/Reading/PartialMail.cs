using System.Globalization;
using System.Text;
using Solodesk.Mail.Mime;
using Solodesk.Mail.Mime.Headers;

namespace Solodesk.Mail.Reading;

/// <summary>
/// One piece of a mail that was sent in several (message/partial, RFC 2046 §5.2.2): old programs cut large mails so.
/// <see cref="Join"/> puts the pieces together once all have come.
/// </summary>
/// <param name="Id">What the pieces of one mail have in common.</param>
/// <param name="Number">Which piece this is, from 1.</param>
/// <param name="Total">How many there are; null where only the last piece says so.</param>
public sealed record PartialMail(string Id, int Number, int? Total)
{
    /// <summary>Fields that the enclosed message tells itself; the others are taken from the first piece's envelope.</summary>
    private static bool IsInner(string name) => name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
        || name.ToUpperInvariant() is "SUBJECT" or "MESSAGE-ID" or "ENCRYPTED" or "MIME-VERSION";

    internal static PartialMail? Of(MimePart root)
    {
        if (!root.Type.Is("message", "partial") || root.Type.Parameters.Get("id") is not { Length: > 0 } id) return null;
        if (!Count(root.Type.Parameters.Get("number"), out var number)) return null;
        return new(id, number, Count(root.Type.Parameters.Get("total"), out var total) ? total : null);

        static bool Count(string? text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value is > 0 and <= 10_000;
    }

    /// <summary>
    /// The whole message of its pieces, in any order: the headers of the first piece, but for those that belong to the enclosed
    /// message, then the content of all. Null when a piece is missing, belongs to another mail, or the whole would be larger than
    /// <see cref="MailReaderOptions.MaxMessageBytes"/>.
    /// </summary>
    public static byte[]? Join(IEnumerable<ReadOnlyMemory<byte>> pieces, MailReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        options ??= MailReaderOptions.Default;
        var parsed = new SortedDictionary<int, (PartialMail Info, MimePart Part)>();
        long size = 0;
        foreach (var piece in pieces)
        {
            var part = new MimeParser(new MimeContext(options)).Parse(piece);
            if (Of(part) is not { } info || (parsed.Count > 0 && parsed.First().Value.Info.Id != info.Id)) return null;
            size += piece.Length;
            if (size > options.MaxMessageBytes) return null;
            parsed[info.Number] = (info, part);
        }
        var total = parsed.Values.Select(p => p.Info.Total).FirstOrDefault(t => t is not null);
        return total is null || parsed.Count != total || parsed.Last().Key != total ? null : Joined([.. parsed.Values.Select(p => p.Part)]);
    }

    private static byte[] Joined(List<MimePart> parts)
    {
        using var whole = new MemoryStream();
        var first = parts[0].Body;
        var inner = new HeaderScanner(first, new MimeContext(MailReaderOptions.Default)).Read(0, first.Length, isMessage: true, out var body);
        foreach (var field in parts[0].Headers.Fields) if (!IsInner(field.Name)) Add(field);
        foreach (var field in inner.Fields) if (IsInner(field.Name)) Add(field);
        whole.Write("\r\n"u8);
        whole.Write(first.Span[body..]);
        foreach (var part in parts.Skip(1)) whole.Write(part.Body.Span);
        return whole.ToArray();

        void Add(MailHeader field)
        {
            whole.Write(Encoding.UTF8.GetBytes(field.Name + ":"));
            whole.Write(field.RawBytes.Span.TrimEnd("\r\n"u8));
            whole.Write("\r\n"u8);
        }
    }
}
