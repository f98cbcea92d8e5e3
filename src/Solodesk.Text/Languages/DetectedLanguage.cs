namespace Solodesk.Text.Languages;

/// <summary>What language a text is written in.</summary>
/// <param name="Code">BCP 47: <c>zh-Hans</c>, <c>zh-Hant</c>, <c>en</c>, <c>ja</c> …; <c>und</c> when the text has no letters.</param>
/// <param name="Confidence">0 (guess) to 1 (certain).</param>
public readonly record struct DetectedLanguage(string Code, double Confidence)
{
    /// <summary>No letters, no language.</summary>
    public static readonly DetectedLanguage Unknown = new("und", 0);

    /// <summary>True for both ways of writing Chinese.</summary>
    public bool IsChinese => Code is "zh-Hans" or "zh-Hant";
}
