using System.Buffers.Binary;
using Solodesk.Mail.Mime.Charsets;

namespace Solodesk.Mail.Mime.Tnef;

/// <summary>One file of a winmail.dat.</summary>
internal sealed record TnefFile(string? Name, string? MediaType, string? ContentId, ReadOnlyMemory<byte> Content);

/// <summary>What a winmail.dat holds: files, and the text where the mail around it has none.</summary>
internal sealed record TnefContent(IReadOnlyList<TnefFile> Files, string? Text, string? Html);

/// <summary>Reads the Transport Neutral Encapsulation Format (MS-OXTNEF): Outlook's winmail.dat.</summary>
internal static class Tnef
{
    private const uint Signature = 0x223E9F78;
    private const int MaxFiles = 500;

    // Attribute ids with their type in the upper half (MS-OXTNEF §2.1.3.1).
    private const uint BodyText = 0x0002800C, OemCodePage = 0x00069007, MessageProperties = 0x00069003, AttachRender = 0x00069002, AttachTitle = 0x00018010, AttachData = 0x0006800F, AttachProperties = 0x00069005;

    public static bool IsTnef(MimePart part) => part.Type.Is("application", "ms-tnef") || part.Type.Is("application", "vnd.ms-tnef")
        || "winmail.dat".Equals(part.FileName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when the bytes are no TNEF at all; a damaged stream gives what came before the damage.</summary>
    public static TnefContent? Read(ReadOnlyMemory<byte> source, MimeContext context)
    {
        var span = source.Span;
        if (span.Length < 6 || BinaryPrimitives.ReadUInt32LittleEndian(span) != Signature)
        {
            context.Warn("tnef-unreadable", "A winmail.dat is not in Outlook's format; it was kept as it stands.");
            return null;
        }
        var reading = new Reading();
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
        return reading.Build(context);
    }

    private sealed class Reading
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
        private MapiProperties? _message;

        public void Attribute(uint id, ReadOnlyMemory<byte> data)
        {
            switch (id)
            {
                case OemCodePage when data.Length >= 4:
                    _codePage = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(data.Span), 65001);
                    break;
                case BodyText: _body = data; break;
                case MessageProperties: _message = MapiProperties.Read(data, _codePage); break;
                case AttachRender when _files.Count < MaxFiles: _files.Add(new File()); break;
                case AttachTitle when Last() is { } file: file.Title = Text(data.Span); break;
                case AttachData when Last() is { } file: file.Data = data; break;
                case AttachProperties when Last() is { } file: file.Properties = MapiProperties.Read(data, _codePage); break;
            }
        }

        private File? Last()
        {
            if (_files.Count == 0) _files.Add(new File());
            return _files[^1];
        }

        private string Text(ReadOnlySpan<byte> bytes)
        {
            var end = bytes.IndexOf((byte)0);
            if (end >= 0) bytes = bytes[..end];
            return Charset.For(Known(_codePage))!.GetString(bytes);
        }

        public TnefContent Build(MimeContext context)
        {
            var files = new List<TnefFile>();
            foreach (var file in _files)
            {
                var properties = file.Properties;
                var name = properties?.Text(MapiProperties.LongFileName) ?? properties?.Text(MapiProperties.DisplayName) ?? properties?.Text(MapiProperties.FileName) ?? file.Title;
                var data = properties?.Bytes(MapiProperties.AttachData) is { Length: > 0 } inner ? inner : file.Data;
                var mediaType = properties?.Text(MapiProperties.MimeTag);
                // An embedded message is an object of its own; it begins with the interface's id.
                if (properties?.Number(MapiProperties.AttachMethod) == 5 && data.Length > 16)
                {
                    data = data[16..];
                    mediaType = "application/ms-tnef";
                }
                files.Add(new(Clean(name), mediaType, properties?.Text(MapiProperties.ContentId)?.Trim('<', '>'), data));
            }
            return new(files, PlainBody(context, out var html), html);
        }

        private string? PlainBody(MimeContext context, out string? html)
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
