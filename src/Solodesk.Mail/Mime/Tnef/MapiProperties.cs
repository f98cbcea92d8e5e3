using System.Buffers.Binary;
using System.Text;
using Solodesk.Mail.Mime.Charsets;

namespace Solodesk.Mail.Mime.Tnef;

/// <summary>A list of MAPI properties as TNEF stores it (MS-OXTNEF §2.1.3.4); reading stops at the first thing that does not fit.</summary>
internal sealed class MapiProperties
{
    public const ushort AttachData = 0x3701, FileName = 0x3704, LongFileName = 0x3707, DisplayName = 0x3001, MimeTag = 0x370E, ContentId = 0x3712, AttachMethod = 0x3705;
    public const ushort Subject = 0x0037, SubmitTime = 0x0039, SenderName = 0x0C1A, SenderAddress = 0x0C1F, SenderSmtpAddress = 0x5D01, DisplayTo = 0x0E04, MessageId = 0x1035;
    public const ushort Body = 0x1000, CompressedRtf = 0x1009, Html = 0x1013, CodePage = 0x3FDE;

    private const int MaxProperties = 4096;
    private readonly Dictionary<ushort, (ushort Type, ReadOnlyMemory<byte> Value)> _values = [];
    private readonly int _codePage;

    private MapiProperties(int codePage) => _codePage = codePage;

    public static MapiProperties Read(ReadOnlyMemory<byte> source, int codePage)
    {
        var properties = new MapiProperties(codePage);
        var cursor = new Cursor(source);
        if (!cursor.TryUInt32(out var count)) return properties;
        for (var i = 0; i < Math.Min(count, MaxProperties); i++) if (!properties.ReadOne(ref cursor)) break;
        return properties;
    }

    public string? Text(ushort id)
    {
        if (!_values.TryGetValue(id, out var found)) return null;
        var bytes = found.Value.Span;
        switch (found.Type)
        {
            case 0x001F:
                return Encoding.Unicode.GetString(bytes[..(bytes.Length & ~1)]).TrimEnd('\0');
            case 0x001E:
                var end = bytes.IndexOf((byte)0);
                return Charset.For(Tnef.Known(_codePage))!.GetString(end < 0 ? bytes : bytes[..end]);
            default:
                return null;
        }
    }

    public ReadOnlyMemory<byte> Bytes(ushort id) => _values.TryGetValue(id, out var found) && found.Type is 0x0102 or 0x000D ? found.Value : default;

    /// <summary>The bytes of an object without the interface's id that they begin with (MS-OXTNEF §2.1.3.4); empty when the property is no object.</summary>
    public ReadOnlyMemory<byte> Object(ushort id) => _values.TryGetValue(id, out var found) && found.Type == 0x000D && found.Value.Length > 16 ? found.Value[16..] : default;

    /// <summary>A moment (FILETIME: steps of 100 ns since 1601).</summary>
    public DateTimeOffset? Time(ushort id)
    {
        if (!_values.TryGetValue(id, out var found) || found.Type != 0x0040 || found.Value.Length < 8) return null;
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(found.Value.Span);
        return ticks is > 0 and < 2_650_467_744_000_000_000 ? DateTimeOffset.FromFileTime(ticks).ToUniversalTime() : null;
    }

    public int? Number(ushort id) => _values.TryGetValue(id, out var found) && found.Value.Length >= 4 ? BinaryPrimitives.ReadInt32LittleEndian(found.Value.Span) : null;

    private bool ReadOne(ref Cursor cursor)
    {
        if (!cursor.TryUInt16(out var type) || !cursor.TryUInt16(out var id)) return false;
        if (id >= 0x8000 && !SkipName(ref cursor)) return false;
        var multiple = (type & 0x1000) != 0;
        var basic = (ushort)(type & 0x0FFF);
        uint count = 1;
        if (multiple || basic is 0x001E or 0x001F or 0x0102 or 0x000D)
        {
            if (!cursor.TryUInt32(out count) || count > MaxProperties) return false;
        }
        for (var i = 0; i < count; i++)
        {
            if (!ReadValue(ref cursor, basic, out var value)) return false;
            if (i == 0) _values.TryAdd(id, (basic, value));
        }
        return true;
    }

    private static bool ReadValue(ref Cursor cursor, ushort type, out ReadOnlyMemory<byte> value)
    {
        switch (type)
        {
            case 0x0002 or 0x000B or 0x0003 or 0x0004 or 0x000A or 0x0001: return cursor.TryTake(4, out value);
            case 0x0005 or 0x0006 or 0x0007 or 0x0014 or 0x0040: return cursor.TryTake(8, out value);
            case 0x0048: return cursor.TryTake(16, out value);
            case 0x001E or 0x001F or 0x0102 or 0x000D:
                value = default;
                return cursor.TryUInt32(out var length) && cursor.TryTake(length, out value) && cursor.Skip((4 - (length & 3)) & 3);
            default:
                value = default;
                return false;
        }
    }

    private static bool SkipName(ref Cursor cursor)
    {
        if (!cursor.Skip(16) || !cursor.TryUInt32(out var kind)) return false;
        if (kind == 0) return cursor.Skip(4);
        return cursor.TryUInt32(out var length) && cursor.Skip(length) && cursor.Skip((4 - (length & 3)) & 3);
    }

    private ref struct Cursor(ReadOnlyMemory<byte> source)
    {
        private int _at;

        public bool TryTake(uint count, out ReadOnlyMemory<byte> value)
        {
            value = default;
            if (count > source.Length - _at) return false;
            value = source.Slice(_at, (int)count);
            _at += (int)count;
            return true;
        }

        /// <summary>Padding at the very end may be missing.</summary>
        public bool Skip(uint count)
        {
            if (count > source.Length - _at && count > 3) return false;
            _at = (int)Math.Min(source.Length, _at + count);
            return true;
        }

        public bool TryUInt32(out uint value)
        {
            value = 0;
            if (!TryTake(4, out var bytes)) return false;
            value = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span);
            return true;
        }

        public bool TryUInt16(out ushort value)
        {
            value = 0;
            if (!TryTake(2, out var bytes)) return false;
            value = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span);
            return true;
        }
    }
}
