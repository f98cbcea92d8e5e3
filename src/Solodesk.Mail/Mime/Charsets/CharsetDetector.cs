using System.Text;

namespace Solodesk.Mail.Mime.Charsets;

/// <summary>
/// Guesses the charset of bytes that are not UTF-8 and carry no (true) label. Each East Asian charset is scored by how many of its
/// characters lie where everyday text lies (level 1 of GB 2312, Big5's frequent plane, kana, Hangul) and how many are among the most
/// common ones; single-byte charsets by how letters of one script keep together.
/// </summary>
internal static class CharsetDetector
{
    /// <summary>Above it the guess is better than a label that the bytes contradict.</summary>
    public const double Sure = 0.55;

    /// <summary>Above it the guess is better than a Latin-1 label, which never contradicts.</summary>
    public const double VerySure = 0.9;

    private const int Sample = 8192;

    private const string CommonHans = "的是不我了在有一人这中大为上个国们到说时要以就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运请您好谢复邮件订单退款发票客服";

    private const string CommonHant = "的是不我了在有一人這中大為上個國們到說時要以就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽請您謝復郵件訂單退款發票客服";

    private const string CommonHangul = "이다는에을의가고하지한를은로서기도사시자리나인있어그대정아해수일들과게것보라으제부스면신안님니요까메전화번호문주합습세감여";

    private static readonly Lazy<HashSet<char>> Hans = new(() => [.. CommonHans]);
    private static readonly Lazy<HashSet<char>> Hant = new(() => [.. CommonHant]);
    private static readonly Lazy<HashSet<char>> Hangul = new(() => [.. CommonHangul]);

    public readonly record struct Found(int CodePage, double Confidence);

    /// <summary>The best guess among all charsets; windows-1252 where nothing speaks for another.</summary>
    public static Found Detect(ReadOnlySpan<byte> bytes)
    {
        var multi = DetectMultiByte(bytes);
        if (multi.Confidence >= Sure) return multi;
        var single = ScriptDetector.Detect(Window(bytes));
        return single.CodePage != Charset.Windows1252 || multi.Confidence < 0.25 ? single : multi;
    }

    /// <summary>The best guess among the East Asian charsets, with a confidence between 0 and about 2.</summary>
    public static Found DetectMultiByte(ReadOnlySpan<byte> bytes)
    {
        var window = Window(bytes);
        var best = new Found(Charset.Windows1252, 0);
        foreach (var page in (ReadOnlySpan<int>)[Charset.Gb18030, Charset.Big5, Charset.ShiftJis, Charset.EucJp, Charset.Korean])
        {
            var score = Score(window, page);
            if (score > best.Confidence) best = new(page, score);
        }
        return best;
    }

    /// <summary>How much the bytes look like everyday text in one East Asian charset; zero or less where they break its rules.</summary>
    public static double Score(ReadOnlySpan<byte> bytes, int page)
    {
        if (Charset.For(page) is not { } encoding) return 0;
        var window = Window(bytes);
        var text = encoding.GetString(window);
        double score = 0;
        int counted = 0, bad = 0, kana = 0;
        var last = text.Length - 1;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < 0x80) continue;
            counted++;
            if (c == '\uFFFD' || c is >= '\u0080' and <= '\u009F')
            {
                // The sample may have cut the last character in two.
                if (i >= last - 1 && window.Length == Sample) counted--;
                else bad++;
                continue;
            }
            if (c is >= '\u3040' and <= '\u30FF') kana++;
            score += page switch
            {
                Charset.Gb18030 => HanScore(c, Hans.Value, 0.5),
                Charset.Big5 => HanScore(c, Hant.Value, 0.5),
                Charset.Korean => KoreanScore(c),
                _ => JapaneseScore(c),
            };
        }
        if (counted == 0) return 0;
        if (bad * 20 > counted) return -1;
        // Chinese charsets hold kana, and Japanese ones Chinese characters: only kana tell them apart.
        if (page is Charset.ShiftJis or Charset.EucJp && kana == 0) score *= 0.7;
        return (score / counted) - (bad * 0.5);
    }

    private static double HanScore(char c, HashSet<char> common, double other) => c switch
    {
        _ when common.Contains(c) => 1.6,
        >= '\u4E00' and <= '\u9FFF' => FrequentGb(c) ? other : -0.4,
        >= '\u3000' and <= '\u303F' or >= '\uFF00' and <= '\uFF5E' => 0.8,
        '\u2014' or '\u2018' or '\u2019' or '\u201C' or '\u201D' or '\u2026' or '\u00B7' => 0.4,
        _ => -0.8,
    };

    /// <summary>Level 1 of GB 2312 or the frequent plane of Big5: a rare character in both speaks against the guess.</summary>
    private static bool FrequentGb(char c) => Frequent.Value[c - 0x4E00];

    private static readonly Lazy<bool[]> Frequent = new(() =>
    {
        var table = new bool[0x9FFF - 0x4E00 + 1];
        Mark(table, Charset.For(Charset.Gb18030)!, 0xB0, 0xD7, 0xA1);
        Mark(table, Charset.For(Charset.Big5)!, 0xA4, 0xC6, 0x40);
        return table;
    });

    private static void Mark(bool[] table, Encoding encoding, int first, int last, int trail)
    {
        Span<byte> pair = stackalloc byte[2];
        Span<char> made = stackalloc char[4];
        for (var lead = first; lead <= last; lead++)
        {
            for (var second = trail; second <= 0xFE; second++)
            {
                (pair[0], pair[1]) = ((byte)lead, (byte)second);
                if (encoding.GetChars(pair, made) == 1 && made[0] is >= '\u4E00' and <= '\u9FFF') table[made[0] - 0x4E00] = true;
            }
        }
    }

    private static double KoreanScore(char c) => c switch
    {
        >= '\uAC00' and <= '\uD7A3' => Hangul.Value.Contains(c) ? 1.6 : 0.6,
        >= '\u3000' and <= '\u303F' => 0.4,
        _ => -0.6,
    };

    private static double JapaneseScore(char c) => c switch
    {
        >= '\u3041' and <= '\u3096' => 1.5,
        >= '\u30A1' and <= '\u30FC' => 1.1,
        >= '\u4E00' and <= '\u9FFF' => FrequentGb(c) ? 0.7 : -0.2,
        >= '\u3000' and <= '\u303F' or >= '\uFF00' and <= '\uFF5E' => 0.7,
        >= '\uFF61' and <= '\uFF9F' => -0.4,
        _ => -0.8,
    };

    /// <summary>A sample that begins at the first byte that is not ASCII.</summary>
    private static ReadOnlySpan<byte> Window(ReadOnlySpan<byte> bytes)
    {
        var first = bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
        if (first < 0) return bytes[..Math.Min(bytes.Length, Sample)];
        var rest = bytes[first..];
        return rest[..Math.Min(rest.Length, Sample)];
    }
}
