namespace Solodesk.Channels.Bot;

/// <summary>
/// Finds what may answer somebody who is still typing. The feature that knows the articles implements it; a channel shows the titles beside
/// what is being written.
/// </summary>
public interface IKnownAnswers
{
    /// <summary>Public articles, the likeliest first; none while the index is being built, or when nothing fits.</summary>
    /// <param name="typed">As far as it is written.</param>
    /// <param name="language"><c>zh-Hans</c> or <c>en</c> as the page says; the text's own language goes before it.</param>
    /// <param name="most">At most so many.</param>
    IReadOnlyList<BotSource> Find(string typed, string? language, int most);
}
