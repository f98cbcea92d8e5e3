using Solodesk.Engine.Sla;

namespace Solodesk.Common;

/// <summary>Who the desk speaks for, and when somebody is there.</summary>
public sealed record BusinessSettings
{
    public string Name { get; init; } = "Solodesk";

    /// <summary>The desk's first language: <c>zh-Hans</c> or <c>en</c>.</summary>
    public string Language { get; init; } = "zh-Hans";

    public BusinessHours Hours { get; init; } = BusinessHours.Weekdays(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), "09:00-18:00");
    public string Industry { get; init; } = "";

    /// <summary>Where customers reach this desk, for links in mails; empty until it is known.</summary>
    public string PublicUrl { get; init; } = "";

    /// <summary>Currency sign before amounts.</summary>
    public string Currency { get; init; } = "¥";

    /// <summary>The desk before it is set up, in another language: the currency sign follows as long as it is the usual one.</summary>
    public BusinessSettings In(string language) => this with
    {
        Language = language,
        Currency = (language, Currency) switch { ("en", "¥") => "$", ("zh-Hans", "$") => "¥", _ => Currency },
    };

    /// <summary>Set when the first visit has been through (or past) every step of the set-up.</summary>
    public bool SetUp { get; init; }
}
