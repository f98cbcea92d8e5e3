using System.Buffers;

namespace Solodesk.Mail.Replies;

/// <summary>
/// Finds a block of contact details at the end of what was written. A closing with a name alone stays; a bare list of particulars that
/// the customer was asked for stays, too: the block must begin with a closing or a name.
/// </summary>
internal static class ContactBlocks
{
    private const int MostLines = 12;
    private const int LongestLine = 90;

    private static readonly SearchValues<char> NoName = SearchValues.Create(":：,，。@#0123456789");

    private static readonly string[] Labels =
    [
        "tel", "tél", "telefon", "téléphone", "teléfono", "telefono", "telefone", "phone", "mobile", "mobil", "cell", "fax", "direct", "office", "email", "e-mail", "mail", "web", "add", "mob", "wechat", "whatsapp", "hotline", "url", "website", "skype", "address", "adresse", "ph", "t", "m", "e", "w", "p", "f", "d",
        "电话", "手机", "座机", "传真", "邮箱", "邮件", "电子邮箱", "地址", "网址", "官网", "微信", "qq", "邮编", "公司地址", "联系电话", "電話", "手機", "行動電話", "傳真", "信箱", "電郵", "網址", "携帯", "住所", "전화", "휴대폰", "이메일", "주소", "팩스", "моб", "тел", "телефон", "почта", "адрес", "сайт", "kom", "tlf", "puh", "đt", "điện thoại", "địa chỉ",
    ];

    private static readonly string[] Closings =
    [
        "best regards", "kind regards", "warm regards", "regards", "best wishes", "best", "thanks", "many thanks", "thank you", "sincerely", "yours sincerely", "yours truly", "yours faithfully", "cheers", "cordially", "respectfully", "br", "rgds", "with best regards", "with kind regards", "thanks and regards", "thanks & regards", "thx",
        "此致", "敬礼", "祝好", "祝商祺", "顺祝商祺", "顺颂商祺", "谢谢", "多谢", "感谢", "以上", "敬上", "谨启", "祝您", "祝工作顺利", "商祺", "顺祝", "順頌商祺", "此致敬禮", "敬祝", "謝謝", "祝 好", "顺颂", "best regards", "致敬", "致礼",
        "mit freundlichen grüßen", "mit freundlichen grüssen", "mit freundlichem gruß", "freundliche grüße", "freundliche grüsse", "viele grüße", "beste grüße", "liebe grüße", "herzliche grüße", "mfg", "vg", "lg", "schöne grüße", "gruß", "danke", "vielen dank", "mit besten grüßen",
        "cordialement", "bien cordialement", "bien à vous", "cdlt", "sincères salutations", "salutations", "merci", "saludos", "saludos cordiales", "un saludo", "un cordial saludo", "atentamente", "gracias", "atte", "cordiali saluti", "distinti saluti", "saluti", "grazie", "un saluto",
        "atenciosamente", "cumprimentos", "com os melhores cumprimentos", "obrigado", "obrigada", "abraços", "att", "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "groeten", "groet", "mvg", "bedankt", "hartelijke groet", "z poważaniem", "pozdrawiam", "serdecznie pozdrawiam", "dziękuję", "с уважением", "спасибо", "всего доброго",
        "med venlig hilsen", "venlig hilsen", "mvh", "hilsen", "mange hilsner", "tak", "med vennlig hilsen", "vennlig hilsen", "takk", "med vänlig hälsning", "med vänliga hälsningar", "vänliga hälsningar", "vänligen", "hälsningar", "tack", "ystävällisin terveisin", "terveisin", "kiitos", "parhain terveisin", "t",
        "よろしくお願いします", "宜しくお願いします", "よろしくお願いいたします", "宜しくお願い致します", "何卒よろしく", "敬具", "감사합니다", "고맙습니다", "드림", "trân trọng", "thân mến", "cảm ơn", "xin cảm ơn", "kính thư",
    ];

    // Between the name and the telephone they show that a person signs, where an answered mail follows.
    private static readonly string[] Departments = ["部", "公司", "中心", "集团", "集團", "部门", "部門", "GmbH", "Ltd", "Ltd.", "Inc", "Inc.", "AG", "Team", "Department"];

    private static readonly string[] Thanks =
        ["thank", "thx", "谢", "謝", "感谢", "感謝", "dank", "merci", "gracias", "grazie", "obrigad", "bedankt", "dzięk", "спасибо", "tak", "tack", "kiitos", "感", "감사", "cảm ơn"];

    public static int StartOfLast(List<BodyLine> lines, int from, int to)
    {
        if (LoneAddress(lines, from, to) is var lone && lone < to)
        {
            return lone;
        }

        var (evidence, count, blanks, department) = (0, 0, 0, false);
        for (var i = to - 1; i >= from && count < MostLines; i--)
        {
            var line = lines[i];
            if (line.IsBlank)
            {
                if (++blanks > 6)
                {
                    break;
                }

                continue;
            }

            if (!line.IsOpen || line.Kind != ReplySpanKind.Written || line.Flat.Length > LongestLine)
            {
                return to;
            }

            if (SeparatorLine.IsRule(line.Flat))
            {
                return evidence >= 1 || count == 0 ? i : to;
            }

            blanks = 0;
            count++;
            if (count > 1 && IsClosing(line.Flat))
            {
                return evidence >= 2 || (evidence == 1 && count >= 4) ? WithClosingsAbove(lines, from, i) : to;
            }

            if (IsContact(line.Flat))
            {
                evidence += HasParts(line.Flat) ? 2 : 1;
            }
            else if (IsSentence(line.Flat))
            {
                return to;
            }
            else if (count == 2 && Array.Exists(Departments, end => line.Flat.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
            {
                department = true;
            }
            else if ((evidence >= 2 && count >= (HasParts(line.Flat) ? 3 : 4) || (evidence == 1 && count == 3 && department && to < lines.Count)) && IsName(line.Flat) && (i == from || lines[i - 1].IsBlank) && HasTextAbove(lines, from, i))
            {
                return WithClosingsAbove(lines, from, i);
            }
        }

        return to;
    }

    // "顺祝" and "商祺" stand on two lines, as 此致 and 敬礼 do.
    private static int WithClosingsAbove(List<BodyLine> lines, int from, int at)
    {
        for (var above = LastNonBlank(lines, from, at); above >= from && IsClosing(lines[above].Flat); above = LastNonBlank(lines, from, at))
        {
            at = above;
        }

        return at;
    }

    private static bool HasParts(string flat) => flat.Contains('|', StringComparison.Ordinal) || flat.Contains('•', StringComparison.Ordinal) || flat.Contains('·', StringComparison.Ordinal);

    // Foxmail signs with the bare address when nothing else is set, well below the text.
    private static int LoneAddress(List<BodyLine> lines, int from, int to)
    {
        var above = LastNonBlank(lines, from, to - 1);
        var quoteFollows = to < lines.Count && QuoteHeader.NextNonBlank(lines, to) < lines.Count;
        // NetEase signs with the account's name and address above the mail that is answered.
        if (quoteFollows && above == to - 2 && above > from && lines[above - 1].IsBlank && IsAddress(lines[to - 1].Flat) && IsName(lines[above].Flat) && !IsClosing(lines[above].Flat)
            && HasTextAbove(lines, from, above))
        {
            return above;
        }

        return quoteFollows && above >= from && to - 1 - above > 2 && IsContact(lines[to - 1].Flat) && lines[to - 1].Flat.Contains('@', StringComparison.Ordinal)
            && lines[above].Flat[^1] is not (':' or '：') ? to - 1 : to;
    }

    private static bool IsAddress(string flat) => flat.IndexOf('@', StringComparison.Ordinal) > 0 && !flat.Contains(' ', StringComparison.Ordinal) && flat.AsSpan().IndexOfAny("：:，。") < 0;

    private static int LastNonBlank(List<BodyLine> lines, int from, int before)
    {
        var i = before - 1;
        while (i >= from && lines[i].IsBlank)
        {
            i--;
        }

        return i;
    }

    private static bool HasTextAbove(List<BodyLine> lines, int from, int at)
    {
        for (var i = at - 1; i >= from; i--)
        {
            if (!lines[i].IsBlank)
            {
                return lines[i].Flat[^1] is not (':' or '：');
            }
        }

        return false;
    }

    public static bool IsClosing(string flat)
    {
        if (flat.Length > 48)
        {
            return false;
        }

        if (flat[^1] is '!' or '！' or '.' or '。' && Array.Exists(Thanks, thanks => flat.Contains(thanks, StringComparison.OrdinalIgnoreCase)))
        {
            return false; // a sentence of its own, not the greeting above a name
        }

        var line = flat.TrimEnd(',', '，', '!', '！', '.', '。', ' ', ';', '~', '、', '*').TrimStart('*', ' ');
        return Array.Exists(Closings, closing => line.Equals(closing, StringComparison.OrdinalIgnoreCase)
            || (line.Length <= closing.Length + 8 && closing.Length > 3 && line.StartsWith(closing, StringComparison.OrdinalIgnoreCase)));
    }

    public static bool IsContact(string flat)
    {
        var line = flat.Trim('|', ' ', '*', '•', '·');
        var colon = line.AsSpan().IndexOfAny(':', '：');
        if (colon is > 0 and < 20 && IsLabel(line[..colon]))
        {
            return true;
        }

        return IsPhone(line) || ((line.Contains('@', StringComparison.Ordinal) || line.StartsWith("http", StringComparison.OrdinalIgnoreCase) || line.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) && Words.Count(line) <= 6);
    }

    private static bool IsLabel(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var label = (slash > 0 ? text[..slash] : text).Trim(' ', '.', '*').Replace(" ", "", StringComparison.Ordinal).Replace("\u3000", "", StringComparison.Ordinal);
        return Array.Exists(Labels, known => known.Equals(label, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsPhone(string line)
    {
        var digits = 0;
        var letters = 0;
        foreach (var c in line)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            letters += char.IsLetter(c) ? 1 : 0;
        }

        return digits >= 7 && letters <= 6 && line.AsSpan().IndexOfAny('#', '￥', '$') < 0;
    }

    public static bool IsSentence(string flat) => flat[^1] is '.' or '。' or '?' or '？' or '!' or '！' or ':' or '：' && !flat.EndsWith("Inc.", StringComparison.Ordinal) && !flat.EndsWith("Ltd.", StringComparison.Ordinal) && !flat.EndsWith("Co.", StringComparison.Ordinal)
        || flat.Contains('，', StringComparison.Ordinal) || Words.Count(flat) > 14;

    public static bool IsName(string flat)
    {
        var end = flat.AsSpan().IndexOfAny('|', '•', '·');
        var name = flat.AsSpan(0, end > 0 ? end : flat.Length).Trim();
        return name.IndexOfAny(NoName) < 0 && Words.Count(name) <= 4 && name.Length <= 30;
    }
}
