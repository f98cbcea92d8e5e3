namespace Solodesk.Chat.Settings;

/// <summary>Which pages may talk to the desk.</summary>
internal static class AllowedSites
{
    /// <param name="settings">The list; empty lets everybody.</param>
    /// <param name="origin">The browser's <c>Origin</c>; programs send none and bring no cookies, so they are let in.</param>
    /// <param name="own">The desk's own origin, which is always allowed.</param>
    public static bool Allow(ChatSettings settings, string? origin, string own)
        => settings.Enabled && (string.IsNullOrEmpty(origin) || settings.Sites.Count == 0 || string.Equals(origin, own, StringComparison.OrdinalIgnoreCase)
            || settings.Sites.Exists(site => Matches(site, origin)));

    private static bool Matches(string site, string origin)
    {
        var star = site.IndexOf("//*.", StringComparison.Ordinal);
        return star < 0 ? string.Equals(site.TrimEnd('/'), origin, StringComparison.OrdinalIgnoreCase)
            : origin.StartsWith(site[..(star + 2)], StringComparison.OrdinalIgnoreCase) && origin.EndsWith(site[(star + 3)..], StringComparison.OrdinalIgnoreCase)
                && origin.Length > site.Length - 1;
    }
}
