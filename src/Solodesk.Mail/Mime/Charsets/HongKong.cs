using System.Collections.Frozen;
using System.Text;

namespace Solodesk.Mail.Mime.Charsets;

/// <summary>
/// What Hong Kong adds to Big5 (HKSCS) and people there write every day: the framework's table puts these characters into the
/// private use area. The rest of the supplement is so rare that it stays there.
/// </summary>
internal static class HongKong
{
    private static readonly FrozenDictionary<char, string> Characters = new Dictionary<char, string>
    {
        ['\uE08D'] = "吓", ['\uE0B2'] = "噏", ['\uE11A'] = "峯", ['\uE183'] = "攞", ['\uE18E'] = "揸", ['\uE262'] = "焫", ['\uE27C'] = "牀", ['\uE2C2'] = "鎅",
        ['\uE2E5'] = "着", ['\uE356'] = "綉", ['\uE3E5'] = "蔴", ['\uE408'] = "衆", ['\uE420'] = "瞓", ['\uE473'] = "邨", ['\uE49F'] = "濶", ['\uE535'] = "麪",
        ['\uE547'] = "嚟", ['\uE54F'] = "齩", ['\uE5A2'] = "哋", ['\uE739'] = "啫", ['\uE77F'] = "脷", ['\uE7D4'] = "啱", ['\uE80B'] = "餸", ['\uE81C'] = "鈪",
        ['\uE8D7'] = "嚤", ['\uE8DB'] = "唂", ['\uE9BC'] = "䁪", ['\uE9C0'] = "矋", ['\uE9EC'] = "糭", ['\uEA1A'] = "艔", ['\uEA1B'] = "䒏", ['\uEB7B'] = "劏",
        ['\uEB82'] = "喼", ['\uEBBB'] = "嚹", ['\uEBF3'] = "氹", ['\uEC0A'] = "囖", ['\uEC8C'] = "㓤", ['\uEC95'] = "𧨾", ['\uEC9F'] = "嚿", ['\uECA1'] = "踎",
        ['\uECA2'] = "孭", ['\uECA9'] = "攰", ['\uECAA'] = "嘭", ['\uECB1'] = "嘢", ['\uECB2'] = "嘞", ['\uECBC'] = "脗", ['\uECC7'] = "嘥", ['\uECCB'] = "嗪",
        ['\uECCD'] = "噃", ['\uECCE'] = "吖", ['\uECD0'] = "㗎", ['\uECD1'] = "嘅", ['\uECD2'] = "嗱", ['\uECD3'] = "曱", ['\uECD4'] = "𨋢", ['\uECD6'] = "甴",
        ['\uECD7'] = "嗰", ['\uECD8'] = "喺", ['\uECD9'] = "咗", ['\uECDA'] = "啲", ['\uECE1'] = "𠺢", ['\uECEC'] = "揼", ['\uECED'] = "掹", ['\uECEE'] = "揾",
        ['\uECEF'] = "啩", ['\uECF8'] = "唞", ['\uECF9'] = "唓", ['\uED01'] = "裇", ['\uED02'] = "膶", ['\uED04'] = "𡃁", ['\uED06'] = "猄", ['\uED44'] = "㩒",
        ['\uED7B'] = "㖭", ['\uF40D'] = "亁", ['\uF41E'] = "凼", ['\uF424'] = "㗇", ['\uF43E'] = "唥", ['\uF443'] = "喐", ['\uF44C'] = "睺", ['\uF44F'] = "䟕",
        ['\uF451'] = "𦧲", ['\uF453'] = "擝", ['\uF464'] = "䟴", ['\uF46B'] = "㔆", ['\uF476'] = "哣", ['\uF483'] = "𢆡", ['\uF4B3'] = "𢲲", ['\uF4BE'] = "𨳍",
        ['\uF4CC'] = "𠼰", ['\uF4CF'] = "𠹌", ['\uF4D8'] = "搲", ['\uF4E0'] = "𢱕", ['\uF4E7'] = "𨳒", ['\uF4E8'] = "𨶙", ['\uF4E9'] = "𨳊", ['\uF4EA'] = "閪",
        ['\uF652'] = "嚱", ['\uF653'] = "㨃",
    }.ToFrozenDictionary();

    /// <summary>The text with the characters in their proper place.</summary>
    public static string Mend(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uE000', '\uF8FF') < 0) return text;
        var mended = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Characters.TryGetValue(c, out var proper)) mended.Append(proper);
            else mended.Append(c);
        }
        return mended.ToString();
    }
}
