using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Ui;

namespace Solodesk.Install;

/// <summary>What makes the desk an app of its own: the manifest in both languages, and the service worker at the root, from where it reaches every page.</summary>
internal sealed class InstallEndpoints : IEndpoints
{
    private const string Worker = "_content/Solodesk/dist/sw.js";
    private static readonly Icon[] Icons =
    [
        // Drawings first; some systems install only with pictures of these sizes.
        new("/_content/Solodesk/favicon.svg", "any", "image/svg+xml", "any"),
        new("/_content/Solodesk/icon-192.png", "192x192", "image/png", "any"),
        new("/_content/Solodesk/icon-512.png", "512x512", "image/png", "any"),
        new("/_content/Solodesk/icon-maskable.svg", "any", "image/svg+xml", "maskable"),
        new("/_content/Solodesk/icon-maskable-512.png", "512x512", "image/png", "maskable"),
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sw.js", (IWebHostEnvironment site, HttpContext context) =>
        {
            var file = site.WebRootFileProvider.GetFileInfo(Worker);
            // Asked for anew each time: an old worker would keep an old offline page.
            context.Response.Headers[HeaderNames.CacheControl] = "no-cache";
            return file.Exists ? Results.Stream(file.CreateReadStream(), "text/javascript; charset=utf-8") : Results.NotFound();
        }).AllowAnonymous();
        routes.MapGet("/manifest/{lang:regex(^(zh|en)$)}.webmanifest", ManifestAsync).AllowAnonymous();
    }

    private static async Task<IResult> ManifestAsync(string lang, Settings settings, Phrases phrases, CancellationToken ct)
    {
        var language = lang == "zh" ? "zh-Hans" : "en";
        var name = (await settings.ReadAsync<BusinessSettings>(ct)).Name;
        return Results.Json(new Manifest(
            "/", name.Length > 0 ? $"{name} · Solodesk" : "Solodesk", name.Length is > 0 and <= 12 ? name : "Solodesk", phrases.In(language, "install.about"), lang == "zh" ? "zh-CN" : "en", "ltr",
            "/", "/", "standalone", "#FFFFFF", "#2C52C9", Icons,
            [new(phrases.In(language, "nav.today"), "/"), new(phrases.In(language, "nav.inbox"), "/inbox"), new(phrases.In(language, "followup.title"), "/followups")]), contentType: "application/manifest+json");
    }

    private sealed record Icon(string Src, string Sizes, string Type, string Purpose);

    private sealed record Shortcut(string Name, string Url);

    /// <summary>A manifest of the W3C's Web Application Manifest.</summary>
    private sealed record Manifest(
        string Id, string Name, [property: JsonPropertyName("short_name")] string ShortName, string Description, string Lang, string Dir,
        [property: JsonPropertyName("start_url")] string StartUrl, string Scope, string Display, [property: JsonPropertyName("background_color")] string BackgroundColor,
        [property: JsonPropertyName("theme_color")] string ThemeColor, Icon[] Icons, Shortcut[] Shortcuts);
}
