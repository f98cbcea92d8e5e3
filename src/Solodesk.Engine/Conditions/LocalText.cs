using System.Globalization;

namespace Solodesk.Engine.Conditions;

/// <summary>A short text in both languages of the desk.</summary>
/// <param name="Zh">Simplified Chinese.</param>
/// <param name="En">English.</param>
public sealed record LocalText(string Zh, string En)
{
    /// <summary>The text for a culture: Chinese for every <c>zh</c> culture, else English.</summary>
    public string In(CultureInfo culture) => IsChinese(culture) ? Zh : En;

    internal static bool IsChinese(CultureInfo culture) => culture.TwoLetterISOLanguageName == "zh";
}
