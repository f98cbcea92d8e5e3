using System.Buffers.Binary;
using Solodesk.Mail.Mime.Charsets;

namespace Solodesk.Mail.Mime.Tnef;

/// <summary>One file of a winmail.dat.</summary>
internal sealed record TnefFile(string? Name, string? MediaType, string? ContentId, ReadOnlyMemory<byte> Content);

/// <summary>What a winmail.dat holds: files, and the text where the mail around it has none; for one inside another also its headers.</summary>
internal sealed record TnefContent(IReadOnlyList<TnefFile> Files, string? Text, string? Html)
{
    public MailboxAddress? From { get; init; }
    public string? To { get; init; }
    public string? Subject { get; init; }
    public DateTimeOffset? Date { get; init; }
    public string? MessageId { get; init; }
}

/// <summary>Reads the Transport Neutral Encapsulation Format (MS-OXTNEF): Outlook's winmail.dat.</summary>
internal static class Tnef
{
    private const uint Signature = 0x223E9F78;

    // Attribute ids with their type in the upper half (MS-OXTNEF §2.1.3.1).
    private const uint BodyText = 0x0002800C, SubjectText = 0x00018004, OemCodePage = 0x00069007, MessageProperties = 0x00069003, AttachRender = 0x00069002, AttachTitle = 0x00018010, AttachData = 0x0006800F, AttachProperties = 0x00069005;

    public static bool IsTnef(MimePart part) => part.Type.Is("application", "ms-tnef") || part.Type.Is("application", "vnd.ms-tnef")
        || "winmail.dat".Equals(part.FileName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when the bytes are no TNEF at all; a damaged stream gives what came before the damage.</summary>
    public static TnefContent? Read(ReadOnlyMemory<byte> source, MimeContext context) => Read(source, context, depth: 0);

    private static TnefContent? Read(ReadOnlyMemory<byte> source, MimeContext context, int depth)
    {
        var span = source.Span;
        if (span.Length < 6 || BinaryPrimitives.ReadUInt32LittleEndian(span) != Signature)
        {
            context.Warn("tnef-unreadable", "A winmail.dat is not in Outlook's format; it was kept as it stands.");
            return null;
        }
        var reading = new Reading(context);
        var position = 6;
        while (position + 9 <= span.Length)
        {
            var id = BinaryPrimitives.ReadUInt32LittleEndian(span[(position + 1)..]);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(span[(position + 5)..]);
            var start = position + 9;
            if (length > span.Length - start)
            {
                context.Warn("tnef-damaged", "A winmail.dat ends in the middle; what came before was unpacked.");
                break;
            }
            reading.Attribute(id, source.Slice(start, (int)length));
            position = start + (int)length + 2;
        }
        return reading.Build(depth);
    }

    private sealed class Reading(MimeContext context)
    {
        private sealed class File
        {
            public string? Title;
            public ReadOnlyMemory<byte> Data;
            public MapiProperties? Properties;
        }

        private readonly List<File> _files = [];
        private int _codePage = 1252;
        private ReadOnlyMemory<byte> _body;
        private string? _subject;
        private MapiProperties? _message;
        private bool _ignored;

        public void Attribute(uint id, ReadOnlyMemory<byte> data)
        {
            switch (id)
            {
                case OemCodePage when data.Length >= 4:
                    _codePage = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(data.Span), 65001);
                    break;
                case BodyText: _body = data; break;
                case SubjectText: _subject = Text(data.Span); break;
                case MessageProperties: _message = MapiProperties.Read(data, _codePage); break;
                case AttachRender when _ignored || _files.Count >= context.Options.MaxTnefFiles:
                    _ignored = true;
                    context.Warn("tnef-cut", $"A winmail.dat holds more than {context.Options.MaxTnefFiles} files; the rest was left out.");
                    break;
                case AttachRender: _files.Add(new File()); break;
                case AttachTitle when Last() is { } file: file.Title = Text(data.Span); break;
                case AttachData when Last() is { } file: file.Data = data; break;
                case AttachProperties when Last() is { } file: file.Properties = MapiProperties.Read(data, _codePage); break;
            }
        }

        private File? Last()
        {
            // What belongs to a file that was left out must not overwrite the last one that was not.
            if (_ignored) return null;
            if (_files.Count == 0) _files.Add(new File());
            return _files[^1];
        }

        private string Text(ReadOnlySpan<byte> bytes)
        {
            var end = bytes.IndexOf((byte)0);
            if (end >= 0) bytes = bytes[..end];
            return Charset.For(Known(_codePage))!.GetString(bytes);
        }

        public TnefContent Build(int depth)
        {
            var files = new List<TnefFile>();
            foreach (var file in _files)
            {
                var properties = file.Properties;
                var name = properties?.Text(MapiProperties.LongFileName) ?? properties?.Text(MapiProperties.DisplayName) ?? properties?.Text(MapiProperties.FileName) ?? file.Title;
                var inner = properties?.Object(MapiProperties.AttachData) ?? default;
                if (inner.Length > 0 && properties?.Number(MapiProperties.AttachMethod) == 5)
                {
                    files.Add(Embedded(Clean(name), inner, depth));
                    continue;
                }
                var data = inner.Length > 0 ? inner : properties?.Bytes(MapiProperties.AttachData) is { Length: > 0 } own ? own : file.Data;
                files.Add(new(Clean(name), properties?.Text(MapiProperties.MimeTag), properties?.Text(MapiProperties.ContentId)?.Trim('<', '>'), data));
            }
            return new(files, PlainBody(out var html), html)
            {
                From = Sender(),
                To = _message?.Text(MapiProperties.DisplayTo),
                Subject = _message?.Text(MapiProperties.Subject) ?? _subject,
                Date = _message?.Time(MapiProperties.SubmitTime),
                MessageId = _message?.Text(MapiProperties.MessageId),
            };
        }

        /// <summary>A mail attached in Outlook: an .eml that everybody can open, where it can be read.</summary>
        private TnefFile Embedded(string? name, ReadOnlyMemory<byte> source, int depth)
        {
            var fits = depth < context.Options.MaxTnefDepth && source.Length <= context.Options.MaxTnefMessageBytes;
            if (!fits) context.Warn("tnef-cut", "An Outlook message within a winmail.dat lies too deep or is too large to be unpacked; it was kept as it stands.");
            var content = fits ? Tnef.Read(source, context, depth + 1) : null;
            var mail = content is null ? null : TnefMail.Write(content, source.Span);
            return mail is null
                ? new(name, "application/ms-tnef", null, source)
                : new((content!.Subject is { } subject && !string.IsNullOrWhiteSpace(subject) ? Clean(subject.Replace('/', '_').Replace('\\', '_')) : name ?? "message") + ".eml", "message/rfc822", null, mail);
        }

        private MailboxAddress? Sender()
        {
            var (name, address) = (_message?.Text(MapiProperties.SenderName), _message?.Text(MapiProperties.SenderSmtpAddress) ?? _message?.Text(MapiProperties.SenderAddress));
            return name is null && address is null ? null : new(name, address ?? "");
        }

        private string? PlainBody(out string? html)
        {
            html = null;
            if (_message?.Bytes(MapiProperties.Html) is { Length: > 0 } page) html = TextDecoding.Decode(page.Span, CodePageName(_message.Number(MapiProperties.CodePage)), null).Text;
            else if (_message?.Text(MapiProperties.Html) is { Length: > 0 } pageText) html = pageText;
            var text = _message?.Text(MapiProperties.Body) ?? (_body.Length > 0 ? Text(_body.Span) : null);
            if (html is null && _message?.Bytes(MapiProperties.CompressedRtf) is { Length: > 0 } compressed
                && CompressedRtf.Decompress(compressed.Span, context.Options.MaxTextBytes) is { } rtf)
            {
                var read = RtfText.Read(rtf);
                html = read.Html;
                text ??= read.Text;
            }
            text = text?.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').TrimEnd();
            return string.IsNullOrWhiteSpace(text) ? null : text;
        }

        private static string? CodePageName(int? page) => page is 65001 ? "utf-8" : page is 936 or 54936 ? "gb18030" : page is > 0 ? "cp" + page.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;

        private static string? Clean(string? name)
        {
            if (name is null) return null;
            name = string.Concat(name.Where(c => !char.IsControl(c))).Trim();
            return name.Length == 0 ? null : name;
        }
    }

    internal static int Known(int codePage) => codePage == 936 ? Charset.Gb18030 : Charset.For(codePage) is null ? Charset.Windows1252 : codePage;
}
