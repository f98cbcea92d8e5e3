using Microsoft.AspNetCore.Http;

namespace Solodesk.Agents;

/// <summary>What a person would call the browser behind a User-Agent header; the header lies by habit, so order matters.</summary>
internal static class Browsers
{
    private static readonly (string Mark, string Name)[] Names =
    [
        ("MicroMessenger/", "WeChat"), ("Edg/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("OpenHarmony", "HarmonyOS"), ("Windows", "Windows"),
        ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ];

    /// <summary>As it is stored: enough to tell browsers apart.</summary>
    public static string Shorten(string userAgent) => userAgent.Length > 300 ? userAgent[..300] : userAgent;

    /// <summary><c>Firefox · macOS</c>; empty when nothing is known.</summary>
    public static string Name(string userAgent)
        => string.Join(" · ", new[] { First(Names, userAgent), First(Systems, userAgent) }.OfType<string>());

    public static bool IsPhone(string userAgent) => userAgent.Contains("Mobile", StringComparison.Ordinal) || userAgent.Contains("iPhone", StringComparison.Ordinal);

    /// <summary>Puts the agent's look and language into cookies, for the pages before sign-in.</summary>
    public static void ShowIn(this HttpContext context, Agent agent)
    {
        context.Remember("lang", agent.Language);
        context.Remember("theme", agent.Theme);
    }

    public static void Remember(this HttpContext context, string name, string? value)
    {
        var options = new CookieOptions { MaxAge = TimeSpan.FromDays(400), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true, Secure = context.Request.IsHttps };
        if (string.IsNullOrEmpty(value))
        {
            context.Response.Cookies.Delete(name, options);
        }
        else
        {
            context.Response.Cookies.Append(name, value, options);
        }
    }

    private static string? First((string Mark, string Name)[] known, string userAgent)
    {
        foreach (var (mark, name) in known)
        {
            if (userAgent.Contains(mark, StringComparison.Ordinal))
            {
                return name;
            }
        }

        return null;
    }
}
