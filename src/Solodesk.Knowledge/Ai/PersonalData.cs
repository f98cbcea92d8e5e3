using System.Text;
using System.Text.RegularExpressions;

namespace Solodesk.Knowledge.Ai;

/// <summary>
/// Finds secrets and personal data in Chinese and English text. Rather too much than too little: what is masked without need is put back into
/// the answer all the same. Every pattern is bounded and has a time limit.
/// </summary>
internal static partial class PersonalData
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant;
    private const RegexOptions AnyCase = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const int Patience = 500;

    private const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤章樊欧阳司马诸葛上官";

    /// <summary>One thing that was found.</summary>
    internal readonly record struct Found(int Start, int Length, string Kind);

    /// <summary>Names as they are looked for: whole, and each part that is long enough to mean somebody.</summary>
    public static IReadOnlyList<string> NamesIn(IEnumerable<string> names)
        => [.. names.SelectMany(n => n.Contains('@', StringComparison.Ordinal) ? [n.Trim()] : (string[])[n.Trim(), .. n.Split([' ', '·', ',', '，'], StringSplitOptions.RemoveEmptyEntries), .. GivenName(n.Trim())])
            .Where(n => n.Length >= 2).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(n => n.Length)];

    public static IEnumerable<Found> In(string text, IReadOnlyList<string> names)
    {
        // Full-width letters and digits are looked at as plain ones; the places stay the same.
        var plain = string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = from[i] is >= '！' and <= '～' ? (char)(from[i] - 0xFEE0) : from[i] == '　' ? ' ' : from[i];
            }
        });
        return Whole(plain, Secret(), "SECRET").Concat(Group(plain, Told(), "SECRET")).Concat(Whole(plain, Token(), "SECRET").Where(f => IsToken(plain.AsSpan(f.Start, f.Length))))
            .Concat(Whole(plain, Mail(), "MAIL"))
            .Concat(Whole(plain, Account(), "NUMBER")).Concat(Whole(plain, Network(), "NUMBER")).Concat(Whole(plain, Grouped(), "NUMBER"))
            .Concat(Whole(plain, Number(), "NUMBER").Where(f => IsNumber(plain.AsSpan(f.Start, f.Length))))
            .Concat(Group(plain, Handle(), "NAME"))
            .Concat(Whole(plain, ChineseAddress(), "ADDRESS")).Concat(Whole(plain, EnglishAddress(), "ADDRESS")).Concat(Whole(plain, Postcode(), "ADDRESS"))
            .Concat(Group(plain, ChineseName(), "NAME")).Concat(Group(plain, Titled(), "NAME")).Concat(Group(plain, EnglishName(), "NAME"))
            .Concat(names.SelectMany(n => Known(text, n)));
    }

    /// <summary>The text with something else in the place of each thing that was found; of two that overlap, what the second has beyond the first is replaced as well.</summary>
    public static string Replace(string text, IEnumerable<Found> found, Func<string, string, string> stand)
    {
        var replaced = new StringBuilder(text.Length);
        var at = 0;
        // In reading order, the longer first; what lies inside another is gone with it.
        foreach (var (start, length, kind) in found.OrderBy(f => f.Start).ThenByDescending(f => f.Length))
        {
            if (start + length > at)
            {
                var from = Math.Max(start, at);
                replaced.Append(text, at, from - at).Append(stand(kind, text[from..(start + length)]));
                at = start + length;
            }
        }

        return replaced.Append(text, at, text.Length - at).ToString();
    }

    private static IEnumerable<Found> Whole(string text, Regex pattern, string kind) => pattern.Matches(text).Select(m => new Found(m.Index, m.Length, kind));

    private static IEnumerable<Found> Group(string text, Regex pattern, string kind)
        => pattern.Matches(text).SelectMany(m => m.Groups["it"].Captures).Where(c => c.Length > 0).Select(c => new Found(c.Index, c.Length, kind));

    private static IEnumerable<Found> Known(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + name.Length;
            if (name[0] > 0x2E7F || ((at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsAsciiLetterOrDigit(text[end]))))
            {
                yield return new Found(at, name.Length, "NAME");
            }
        }
    }

    // 林晓棠 is also called 晓棠.
    private static string[] GivenName(string name) => name.Length is 3 && name.All(c => c is >= '一' and <= '鿿') ? [name[1..]] : [];

    // Seven digits or more are a phone, a card, an order; a date is none of them.
    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return digits >= 7 && !(Date().IsMatch(text) && digits <= 14);
    }

    private static bool IsToken(ReadOnlySpan<char> text)
    {
        int digits = 0, letters = 0;
        foreach (var c in text)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            letters += char.IsAsciiLetter(c) ? 1 : 0;
        }

        return digits >= 3 && letters >= 2;
    }

    // Keys by their beginnings, and private keys as they stand in files.
    [GeneratedRegex(@"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s]{0,6000}(?:-----END [A-Z ]{0,30}-----)?|(?<![A-Za-z0-9])(?:sk|pk|rk|ghp|gho|ghs|github_pat|glpat|xox[abprs]|AKIA|ASIA|AIza|ya29|npm|hf|whsec|SG|Bearer|Basic|eyJ)[-_. ]?[A-Za-z0-9._\-+/=]{12,2000}", Plain, Patience)]
    private static partial Regex Secret();

    // What somebody says is one: "密码是 hunter2", "API key: …". After "is" only what looks like one: a password may also "be wrong".
    [GeneratedRegex(@"(?:password|passwd|passcode|pwd|secret|token|api[ _-]?key|access[ _-]?key|pin(?: code)?|cvv|cvc|verification code|one-time code|密码|口令|验证码|校验码|动态码|密钥|安全码|身份证号?码?|护照号?码?)[ \t]{0,3}(?:[:=：][ \t]{0,3}(?<it>[!-~]{3,200})|(?:is|was|为|是|叫|改成|[ \t])[ \t]{0,3}(?<it>(?=[!-~]{0,40}[0-9])[!-~]{3,200}))", AnyCase, Patience)]
    private static partial Regex Told();

    [GeneratedRegex(@"(?<![A-Za-z0-9_\-])[A-Za-z0-9_\-]{16,2000}(?![A-Za-z0-9_\-])|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/])", Plain, Patience)]
    private static partial Regex Token();

    [GeneratedRegex(@"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,200}\.[A-Za-z]{2,20}", Plain, Patience)]
    private static partial Regex Mail();

    // International bank accounts, passports and licences with their letters.
    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?|[A-Z]{1,2}[0-9]{6,9})(?![A-Za-z0-9])", Plain, Patience)]
    private static partial Regex Account();

    [GeneratedRegex(@"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])|(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{1,4}:){5,7}[0-9A-Fa-f]{1,4}(?![0-9A-Fa-f:])", Plain, Patience)]
    private static partial Regex Network();

    // +1 (415) 555-0132, 415.555.0132
    [GeneratedRegex(@"(?:\+[0-9]{1,3}[ \-.]?)?\(0?[0-9]{2,4}\)[ \-.]?[0-9]{3,4}[ \-.]?[0-9]{3,4}(?![0-9])|(?<![0-9.])(?:\+[0-9]{1,3}[ .])?[0-9]{3}\.[0-9]{3,4}\.[0-9]{3,4}(?![0-9.])", Plain, Patience)]
    private static partial Regex Grouped();

    [GeneratedRegex(@"(?<![0-9])\+?[0-9](?:[ \-]?[0-9]){6,29}(?:[ \-]?[Xx](?![A-Za-z]))?(?![0-9])", Plain, Patience)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?:19|20)[0-9]{2}-(?:0?[1-9]|1[0-2])-(?:[12][0-9]|3[01]|0?[1-9])(?![0-9])", Plain, Patience)]
    private static partial Regex Date();

    [GeneratedRegex(@"(?:微信号?|威信|qq号?|支付宝|wechat|weixin|whatsapp|telegram|skype)(?: ?(?:id|账号|帐号|号))?[ \t]{0,2}(?:[:：是为]|[ \t])[ \t]{0,2}(?<it>@?[A-Za-z0-9_\-]{5,40})", AnyCase, Patience)]
    private static partial Regex Handle();

    // From the province or the city down to the door, or a street with a number.
    [GeneratedRegex(@"(?:[一-鿿]{2,7}?(?:省|自治区|市|州|区|县|旗|镇|乡|街道)){1,4}[一-鿿A-Za-z0-9\-]{0,24}? ?[0-9一二三四五六七八九十百]{1,6} ?(?:号楼?|弄|栋|幢|座|单元|室|楼|层)(?: ?[0-9A-Za-z一二三四五六七八九十\-]{1,6} ?(?:号楼?|栋|幢|座|单元|室|楼|层)){0,4}(?:[0-9A-Za-z\-]{1,6})?|[一-鿿]{2,8}?(?:大道|路|街|巷|胡同|新村) ?[0-9]{1,5} ?(?:号|弄)(?: ?[0-9A-Za-z一二三四五六七八九十\-]{1,6} ?(?:号楼?|栋|幢|座|单元|室|楼|层)){0,4}", Plain, Patience)]
    private static partial Regex ChineseAddress();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[0-9]{1,5}[A-Za-z]? (?:[A-Z][A-Za-z'.]{0,20} ){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Square|Sq|Terrace|Place|Pl|Parkway|Close|Crescent)\b\.?(?:,? (?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|#)\.? ?[0-9A-Za-z]{1,6})?|(?<![A-Za-z])P\.? ?O\.? Box [0-9]{1,6}", Plain, Patience)]
    private static partial Regex EnglishAddress();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:[A-Z]{2} [0-9]{5}(?:-[0-9]{4})?|[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2})(?![A-Za-z0-9])", Plain, Patience)]
    private static partial Regex Postcode();

    [GeneratedRegex(@"(?:我叫|名叫|姓名|名字|收件人|收货人|联系人|患者|学生|家长|孩子)(?:[ \t]?[:：是为叫][ \t]?|[ \t])?(?<it>[" + Surnames + @"][一-鿿]{1,3})(?=[^一-鿿]|$|的|，|，)|(?:我叫|收件人|收货人|联系人)[ \t]?(?:[:：是为]?)[ \t]?(?<it>[" + Surnames + @"][一-鿿]{1,2})|我是(?<it>[" + Surnames + @"][一-鿿]{1,2})(?=[，。,.！!、\s]|$)", Plain, Patience)]
    private static partial Regex ChineseName();

    [GeneratedRegex(@"(?<it>[" + Surnames + @"][一-鿿]{0,2}?)(?:先生|女士|小姐|太太|老师|医生|同学|阿姨|师傅|经理)|(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? (?<it>[A-Z][a-z]{1,20}(?: [A-Z][a-z]{1,20}){0,2})", Plain, Patience)]
    private static partial Regex Titled();

    [GeneratedRegex(@"(?:[Mm]y name is|[Nn]ame:|[Tt]his is|I am|I'm|[Cc]ontact:|[Ss]hip to:?|[Rr]egards,|[Ss]incerely,|[Cc]heers,|[Tt]hanks,|[Bb]est,)[ \t]{0,3}\r?\n?[ \t]{0,3}(?<it>[A-Z][a-z]{1,20}(?: [A-Z][a-z'\-]{1,20}){0,3})", Plain, Patience)]
    private static partial Regex EnglishName();
}
