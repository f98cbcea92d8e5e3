using System.Buffers.Binary;

namespace Solodesk.Mail.Mime.Tnef;

/// <summary>Undoes the compression of MAPI's RTF body (MS-OXRTFCP).</summary>
internal static class CompressedRtf
{
    private const uint Compressed = 0x75465A4C, Uncompressed = 0x414C454D;

    /// <summary>The 207 bytes that the dictionary starts with (MS-OXRTFCP §2.1.2.1).</summary>
    private static ReadOnlySpan<byte> Start =>
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"u8;

    /// <summary>The RTF bytes; null when the header is not one of the two known.</summary>
    public static byte[]? Decompress(ReadOnlySpan<byte> source, int limit)
    {
        if (source.Length < 16) return null;
        var kind = BinaryPrimitives.ReadUInt32LittleEndian(source[8..]);
        var size = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(source[4..]), (uint)limit);
        if (kind == Uncompressed) return source[16..Math.Min(source.Length, 16 + size)].ToArray();
        if (kind != Compressed) return null;

        var dictionary = new byte[4096];
        Start.CopyTo(dictionary);
        var write = Start.Length;
        var result = new List<byte>(Math.Min(size, 1 << 20));
        var at = 16;
        while (at < source.Length && result.Count < size)
        {
            var control = source[at++];
            for (var bit = 0; bit < 8 && at < source.Length && result.Count < size; bit++)
            {
                if ((control & (1 << bit)) == 0)
                {
                    Emit(source[at++]);
                    continue;
                }
                if (at + 1 >= source.Length) return [.. result];
                var token = (source[at] << 8) | source[at + 1];
                at += 2;
                var offset = token >> 4;
                // A reference to the place of writing marks the end.
                if (offset == write) return [.. result];
                for (var i = 0; i < (token & 15) + 2; i++) Emit(dictionary[(offset + i) & 4095]);
            }
        }
        return [.. result];

        void Emit(byte value)
        {
            result.Add(value);
            dictionary[write] = value;
            write = (write + 1) & 4095;
        }
    }
}
