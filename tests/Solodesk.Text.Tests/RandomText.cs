using System.Text;

namespace Solodesk.Text.Tests;

/// <summary>Text that nobody would write: every plane, lone surrogates, marks, controls. The same for the same seed.</summary>
internal static class RandomText
{
    private static readonly (int From, int To)[] Blocks =
    [
        (0x00, 0x7F), (0x20, 0x7E), (0x61, 0x7A), (0x30, 0x39), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x52F), (0x530, 0x7FF), (0x900, 0xDFF),
        (0xE00, 0xEFF), (0x1000, 0x1FFF), (0x2000, 0x20FF), (0x2100, 0x2BFF), (0x3000, 0x30FF), (0x3100, 0x33FF), (0x3400, 0x4DBF),
        (0x4E00, 0x9FFF), (0xA000, 0xABFF), (0xAC00, 0xD7A3), (0xD800, 0xDFFF), (0xE000, 0xFFFF), (0x10000, 0x1FFFF),
        (0x20000, 0x323AF), (0xE0000, 0xE01EF),
    ];

    internal static IEnumerable<string> Many(int count, int seed = 20260101)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            yield return One(random);
        }
    }

    internal static string One(Random random)
    {
        var text = new StringBuilder();
        var length = random.Next(60);
        var block = Blocks[random.Next(Blocks.Length)];
        for (var i = 0; i < length; i++)
        {
            if (random.Next(4) == 0)
            {
                block = Blocks[random.Next(Blocks.Length)];
            }

            var value = random.Next(block.From, block.To + 1);
            if (value < 0x10000)
            {
                text.Append((char)value);
            }
            else
            {
                text.Append(char.ConvertFromUtf32(value));
            }
        }

        return text.ToString();
    }
}
