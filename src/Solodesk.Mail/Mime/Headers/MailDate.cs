using System.Globalization;
using System.Text;

namespace Solodesk.Mail.Mime.Headers;

/// <summary>
/// Dates (RFC 5322 §3.3, obsolete forms of §4.3) and what is sent instead of them: no seconds, two-digit years, named zones,
/// asctime, ISO 8601, American order with a slash, Chinese dates and weekdays.
/// </summary>
internal sealed class MailDate
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly Dictionary<string, int> OtherMonths = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mai"] = 5, ["okt"] = 10, ["dez"] = 12, ["mär"] = 3, ["mrz"] = 3, ["mrt"] = 3, ["mei"] = 5, ["fév"] = 2, ["fev"] = 2, ["avr"] = 4, ["juin"] = 6, ["juil"] = 7, ["aoû"] = 8, ["aou"] = 8, ["déc"] = 12,
        ["ene"] = 1, ["abr"] = 4, ["ago"] = 8, ["dic"] = 12, ["set"] = 9, ["out"] = 10, ["gen"] = 1, ["mag"] = 5, ["giu"] = 6, ["lug"] = 7, ["ott"] = 10, ["maj"] = 5,
    };

    private static readonly Dictionary<string, int> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = 0, ["GMT"] = 0, ["UTC"] = 0, ["Z"] = 0, ["WET"] = 0, ["EST"] = -300, ["EDT"] = -240, ["CST"] = -360, ["CDT"] = -300, ["MST"] = -420, ["MDT"] = -360, ["PST"] = -480, ["PDT"] = -420,
        ["CET"] = 60, ["MET"] = 60, ["CEST"] = 120, ["MEST"] = 120, ["BST"] = 60, ["WEST"] = 60, ["EET"] = 120, ["EEST"] = 180, ["MSK"] = 180, ["MSD"] = 240, ["IST"] = 330, ["HKT"] = 480, ["SGT"] = 480, ["AWST"] = 480,
        ["JST"] = 540, ["KST"] = 540, ["AEST"] = 600, ["AEDT"] = 660, ["NZST"] = 720, ["NZDT"] = 780, ["HST"] = -600, ["AKST"] = -540, ["AKDT"] = -480, ["BRT"] = -180,
    };

    private readonly List<(int Value, int Digits)> _numbers = [];
    private int _month;
    private int _hour = -1;
    private int _minute;
    private int _second;
    private int _afternoon = -1;
    private int? _offset;

    /// <summary>The moment with the offset that the sender wrote (zero where none can be read); null when there is no date in the text.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var date = new MailDate();
        date.Scan(Tight(text.Length > 200 ? text[..200] : text));
        return date.Build();
    }

    /// <summary>The obsolete form lets comments and blanks stand around the colons of the time ("09(nine):  55").</summary>
    private static string Tight(string text)
    {
        if (!text.Contains('(') && !text.Contains(" :", StringComparison.Ordinal) && !text.Contains(": ", StringComparison.Ordinal)) return text;
        var tight = new StringBuilder(text.Length);
        var depth = 0;
        foreach (var c in text)
        {
            if (c == '(') depth++;
            else if (c == ')' && depth > 0) depth--;
            else if (depth == 0 && !(c is ' ' or '\t' && tight.Length > 0 && tight[^1] == ':'))
            {
                if (c == ':') while (tight.Length > 0 && tight[^1] is ' ' or '\t') tight.Length--;
                tight.Append(c);
            }
            if (c == ')' && depth == 0) tight.Append(' ');
        }
        return tight.ToString();
    }

    private void Scan(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c)) i = Number(text, i);
            else if (char.IsLetter(c)) i = Word(text, i);
            else if (c is '+' or '-' && _hour >= 0 && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1])) i = Offset(text, i);
            else i++;
        }
    }

    private int Number(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        var digits = end - start;
        if (digits > 8) return end;
        var value = int.Parse(text[start..end], CultureInfo.InvariantCulture);
        var clock = end < text.Length && (text[end] is ':' or '时' or '點' or '点' or '：' || (text[end] == '.' && _hour < 0 && _numbers.Count >= 2 && end + 2 < text.Length && char.IsAsciiDigit(text[end + 1])));
        if (clock && digits <= 2 && _hour < 0) return Time(text, value, end);
        if (digits == 8)
        {
            _numbers.Add((value / 10000, 4));
            _numbers.Add((value / 100 % 100, 2));
            _numbers.Add((value % 100, 2));
            return end;
        }
        if (end < text.Length && text[end] == '月')
        {
            _month = value;
            return end + 1;
        }
        // "+" was lost before the zone: "12:00:00 0800".
        if (digits == 4 && _hour >= 0 && _offset is null && _numbers.Count >= 2 && (_month > 0 || _numbers.Count >= 3)) SetOffset(value, 1);
        else _numbers.Add((value, digits));
        return end;
    }

    private int Time(ReadOnlySpan<char> text, int hour, int at)
    {
        _hour = hour;
        Span<int> parts = [0, 0];
        var count = 0;
        while (count < 2 && at + 1 < text.Length && text[at] is ':' or '.' or '时' or '分' or '点' or '點' or '：')
        {
            var end = at + 1;
            while (end < text.Length && text[end] == ' ') end++;
            var digits = end;
            while (digits < text.Length && char.IsAsciiDigit(text[digits]) && digits - end < 2) digits++;
            if (digits == end) break;
            parts[count++] = int.Parse(text[end..digits], CultureInfo.InvariantCulture);
            at = digits;
        }
        (_minute, _second) = (parts[0], parts[1]);
        // Fractions of a second.
        if (at + 1 < text.Length && text[at] is '.' or ',' && char.IsAsciiDigit(text[at + 1]))
        {
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        }
        return at;
    }

    private int Word(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        if (text[start] >= 0x2E80)
        {
            var two = text.Slice(start, Math.Min(2, text.Length - start));
            if (two.SequenceEqual("下午") || two.SequenceEqual("晚上")) _afternoon = 1;
            else if (two.SequenceEqual("上午") || two.SequenceEqual("凌晨") || two.SequenceEqual("早上")) _afternoon = 0;
            return start + (_afternoon >= 0 && two.Length == 2 && two[1] is '午' or '上' or '晨' ? 2 : 1);
        }
        while (end < text.Length && char.IsLetter(text[end]) && text[end] < 0x2E80) end++;
        var word = text[start..end];
        if (word.Equals("PM", StringComparison.OrdinalIgnoreCase)) _afternoon = 1;
        else if (word.Equals("AM", StringComparison.OrdinalIgnoreCase)) _afternoon = 0;
        else if (_month == 0 && Month(word) is var month and > 0) _month = month;
        else if (Zones.TryGetValue(word.ToString(), out var zone) && (_hour >= 0 || word.Length == 3)) _offset ??= zone;
        return end;
    }

    private static int Month(ReadOnlySpan<char> word)
    {
        if (word.Length < 3) return 0;
        for (var i = 0; i < Months.Length; i++) if (word[..3].Equals(Months[i], StringComparison.OrdinalIgnoreCase)) return i + 1;
        if (OtherMonths.TryGetValue(word[..3].ToString(), out var month)) return month;
        return word.Length >= 4 && OtherMonths.TryGetValue(word[..4].ToString(), out month) ? month : 0;
    }

    private int Offset(ReadOnlySpan<char> text, int at)
    {
        var sign = text[at] == '-' ? -1 : 1;
        var end = at + 1;
        int value = 0, digits = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || (text[end] == ':' && digits is 1 or 2)) && digits < 4)
        {
            if (text[end] != ':')
            {
                value = (value * 10) + (text[end] - '0');
                digits++;
            }
            end++;
        }
        SetOffset(digits <= 2 ? value * 100 : value, sign);
        return end;
    }

    private void SetOffset(int value, int sign)
    {
        var minutes = (value / 100 * 60) + (value % 100);
        _offset = value % 100 < 60 && minutes <= 14 * 60 ? sign * minutes : 0;
    }

    private DateTimeOffset? Build()
    {
        var (year, month, day) = YearMonthDay();
        if (_afternoon == 1 && _hour is > 0 and < 12) _hour += 12;
        if (_afternoon == 0 && _hour == 12) _hour = 0;
        if (_hour is < 0 or > 24) _hour = 0;
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > 31) return null;
        // The 31st of a shorter month is the sender's slip, not a reason to lose the date.
        day = Math.Min(day, DateTime.DaysInMonth(year, month));
        var local = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).AddHours(_hour).AddMinutes(Math.Min(_minute, 59)).AddSeconds(Math.Min(_second, 59));
        var offset = TimeSpan.FromMinutes(_offset ?? 0);
        var utc = local.Ticks - offset.Ticks;
        return utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(local, offset);
    }

    private (int Year, int Month, int Day) YearMonthDay()
    {
        var numbers = _numbers;
        if (_month > 0)
        {
            if (numbers.Count < 2) return default;
            var (first, second) = (numbers[0], numbers[1]);
            return first.Digits >= 3 || first.Value > 31 ? (Year(first), _month, second.Value) : (Year(second), _month, first.Value);
        }
        if (numbers.Count < 3) return default;
        if (numbers[0].Digits >= 3 || numbers[0].Value > 31) return (Year(numbers[0]), numbers[1].Value, numbers[2].Value);
        // 25/12/2024 can only be read one way; 01/02/2024 is read as its American writers mean it.
        var (a, b) = (numbers[0].Value, numbers[1].Value);
        return a > 12 ? (Year(numbers[2]), b, a) : (Year(numbers[2]), a, b);
    }

    /// <summary>Two digits below 50 are of this century, the others of the last; three count from 1900 (RFC 5322 §4.3).</summary>
    private static int Year((int Value, int Digits) number) => number switch
    {
        { Digits: <= 2, Value: < 50 } => 2000 + number.Value,
        { Digits: <= 3 } => 1900 + number.Value,
        _ => number.Value,
    };
}
