using Solodesk.Text.Tokens;

namespace Solodesk.Text.Languages;

/// <summary>How many letters of each script a text has.</summary>
internal readonly record struct ScriptCount
{
    internal int Han { get; private init; }
    internal int Simplified { get; private init; }
    internal int Traditional { get; private init; }
    internal int Japanese { get; private init; }
    internal int Kana { get; private init; }
    internal int Hangul { get; private init; }
    internal int Latin { get; private init; }
    internal int Cyrillic { get; private init; }
    internal int Ukrainian { get; private init; }
    internal int Arabic { get; private init; }
    internal int Hebrew { get; private init; }
    internal int Greek { get; private init; }
    internal int Thai { get; private init; }
    internal int Devanagari { get; private init; }

    // Han characters of everyday Japanese that neither Chinese standard writes.
    private const string JapaneseHan = "円気駅払込枠働峠畑対応図単経済様込読変売発転関広戻続検桜竜拝仮価児両県伝処弐";

    internal static ScriptCount Of(string text)
    {
        int han = 0, simplified = 0, traditional = 0, japanese = 0, kana = 0, hangul = 0, latin = 0, cyrillic = 0, ukrainian = 0;
        int arabic = 0, hebrew = 0, greek = 0, thai = 0, devanagari = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= 0xC0 and <= 0x24F) or (>= 0x1E00 and <= 0x1EFF):
                    latin++;
                    break;
                case (>= 0x3400 and <= 0x9FFF) or (>= 0x20000 and <= 0x323AF):
                    han++;
                    if (rune.IsBmp)
                    {
                        var c = (char)rune.Value;
                        japanese += JapaneseHan.Contains(c, StringComparison.Ordinal) ? 1 : 0;
                        traditional += TraditionalCharacters.IsTraditional(c) && c is not ('著' or '乾') ? 1 : 0;
                        simplified += SimplifiedOnly.Contains(c) ? 1 : 0;
                    }

                    break;
                case (>= 0x3041 and <= 0x30FF) or (>= 0xFF66 and <= 0xFF9D):
                    kana++;
                    break;
                case (>= 0xAC00 and <= 0xD7A3) or (>= 0x1100 and <= 0x11FF) or (>= 0x3131 and <= 0x318E):
                    hangul++;
                    break;
                case >= 0x0400 and <= 0x052F:
                    cyrillic++;
                    ukrainian += rune.Value is 0x456 or 0x457 or 0x454 or 0x491 or 0x406 or 0x407 or 0x404 or 0x490 ? 1 : 0;
                    break;
                case (>= 0x0620 and <= 0x06FF) or (>= 0xFB50 and <= 0xFDFF):
                    arabic++;
                    break;
                case >= 0x05D0 and <= 0x05EA:
                    hebrew++;
                    break;
                case (>= 0x0370 and <= 0x03FF) or (>= 0x1F00 and <= 0x1FFF):
                    greek++;
                    break;
                case >= 0x0E01 and <= 0x0E5B:
                    thai++;
                    break;
                case >= 0x0900 and <= 0x097F:
                    devanagari++;
                    break;
            }
        }

        return new ScriptCount
        {
            Han = han, Simplified = simplified, Traditional = traditional, Japanese = japanese, Kana = kana, Hangul = hangul, Latin = latin,
            Cyrillic = cyrillic, Ukrainian = ukrainian, Arabic = arabic, Hebrew = hebrew, Greek = greek, Thai = thai, Devanagari = devanagari,
        };
    }
}
