using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Solodesk.Setup.Demo;

/// <summary>The bytes of attached files: screenshots that look like a notes app from afar, and logs.</summary>
internal static class DemoPicture
{
    private const int Width = 640;
    private const int Height = 400;

    public static (byte[] Bytes, string MediaType) Of(DemoFile file) => file.Kind == "shot" ? (Screenshot(file.Seed), "image/png") : (Log(file.Seed), "text/plain");

    private static byte[] Log(int seed)
    {
        var chance = new DemoRandom((ulong)seed);
        var text = new StringBuilder("Driftnote sync log\n");
        var second = chance.Between(30_000, 70_000);
        for (var i = 0; i < 90; i++)
        {
            second += chance.Between(0, 9);
            var line = chance.Pick(["pull ok", "push ok", "merge ok", "index ok", "conflict: kept newer", "retry in 5 s (timeout)", "pull ok, 0 changes", "attachment queued"]);
            text.Append(CultureInfo.InvariantCulture, $"{second / 3600:00}:{second / 60 % 60:00}:{second % 60:00}  rev {1100 + i}  {line}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A PNG (RFC 2083): window, side bar, lines of writing, a notice.</summary>
    private static byte[] Screenshot(int seed)
    {
        var chance = new DemoRandom((ulong)seed * 77);
        var pixels = new byte[Height * ((Width * 3) + 1)];
        var dark = chance.Chance(0.3);
        uint paper = dark ? 0x22252Bu : 0xFFFFFFu, ink = dark ? 0x8A909Bu : 0xC3C8D0u, side = dark ? 0x1A1C21u : 0xF2F4F7u;
        Box(pixels, 0, 0, Width, Height, paper);
        Box(pixels, 0, 0, Width, 26, dark ? 0x30343Cu : 0xE3E6EBu);
        Box(pixels, 0, 26, 150, Height - 26, side);
        for (var dot = 0; dot < 3; dot++)
        {
            Box(pixels, 10 + (dot * 16), 9, 9, 9, dot == 0 ? 0xE5695Eu : dot == 1 ? 0xE0B04Bu : 0x68B36Bu);
        }

        for (var line = 0; line < 11; line++)
        {
            Box(pixels, 14, 44 + (line * 26), chance.Between(50, 118), 8, line == seed % 9 ? 0x4C7DD9u : ink);
        }

        Box(pixels, 174, 46, chance.Between(160, 300), 16, dark ? 0xC9CDD5u : 0x4A4F59u);
        for (var line = 0; line < chance.Between(3, 13); line++)
        {
            Box(pixels, 174, 84 + (line * 21), chance.Between(220, 430), 7, ink);
        }

        Box(pixels, 330, 344, 290, 38, chance.Chance(0.5) ? 0xC94F45u : 0x39404Bu);
        Box(pixels, 346, 359, chance.Between(120, 240), 7, 0xFFFFFFu);

        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9]) = (8, 2);
        Chunk(png, "IHDR", header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(pixels);
        }

        Chunk(png, "IDAT", packed.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Box(byte[] pixels, int left, int top, int width, int height, uint colour)
    {
        for (var y = top; y < Math.Min(Height, top + height); y++)
        {
            for (var x = left; x < Math.Min(Width, left + width); x++)
            {
                var at = (y * ((Width * 3) + 1)) + 1 + (x * 3);
                (pixels[at], pixels[at + 1], pixels[at + 2]) = ((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour);
            }
        }
    }

    private static void Chunk(Stream png, string name, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        png.Write(number);
    }

    private static uint Crc(byte[] data)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }
}
