using Solodesk.Mail.Mime.Charsets;
using Solodesk.Mail.Mime.Transfer;

namespace Solodesk.Mail.Mime;

/// <summary>Finds uuencoded files that stand in the middle of a text, as mail before MIME carried them.</summary>
internal static class UuencodedBlocks
{
    /// <summary>One file: its name, and where its block lies in the text.</summary>
    public readonly record struct Block(string Name, int Start, int End);

    /// <summary>The first blocks of a text, as many as the limit says.</summary>
    public static List<Block> Find(ReadOnlySpan<byte> text, int limit)
    {
        var found = new List<Block>();
        var position = 0;
        while (position < text.Length && found.Count < limit)
        {
            var at = text[position..].IndexOf("begin "u8);
            if (at < 0) break;
            at += position;
            position = at + 6;
            if (at > 0 && text[at - 1] != '\n') continue;
            if (Read(text, at) is not { } block) continue;
            found.Add(block);
            position = block.End;
        }
        return found;
    }

    /// <summary>The text without its blocks.</summary>
    public static byte[] Without(ReadOnlySpan<byte> text, List<Block> blocks)
    {
        var rest = new List<byte>(text.Length);
        var position = 0;
        foreach (var block in blocks)
        {
            rest.AddRange(text[position..block.Start]);
            position = block.End;
        }
        rest.AddRange(text[position..]);
        return [.. rest];
    }

    private static Block? Read(ReadOnlySpan<byte> text, int start)
    {
        var line = UuDecoder.Line(text[start..], out var next);
        var mode = line[6..];
        var digits = 0;
        while (digits < mode.Length && mode[digits] is >= (byte)'0' and <= (byte)'7') digits++;
        if (digits is < 3 or > 5 || digits >= mode.Length || mode[digits] != ' ') return null;
        var name = TextDecoding.Decode(mode[(digits + 1)..], null).Text.Trim().Trim('"');
        if (name.Length is 0 or > 500) return null;

        var position = start + next;
        var lines = 0;
        while (position < text.Length)
        {
            line = UuDecoder.Line(text[position..], out next);
            var trimmed = line.TrimEnd(" \t"u8);
            if (trimmed.SequenceEqual("end"u8)) return new(name, start, position + next);
            if (trimmed.Length > 0 && !Fits(line)) return null;
            position += next;
            lines++;
        }
        // A block that the end of the mail cut off is still a file, if there is anything of it.
        return lines > 1 ? new(name, start, text.Length) : null;
    }

    /// <summary>The first character tells how long the line is (trailing spaces may have been lost, one checksum character may follow).</summary>
    private static bool Fits(ReadOnlySpan<byte> line)
    {
        if (line[0] is < 32 or > 96 || line.IndexOfAnyExceptInRange((byte)32, (byte)96) >= 0) return false;
        var claimed = (line[0] - 32) & 63;
        var expected = (claimed + 2) / 3 * 4;
        return line.Length - 1 <= expected + 2 && (line.Length - 1 >= expected - 4 || line[^1] != ' ' || claimed == 0 || line.TrimEnd((byte)' ').Length < expected);
    }
}
