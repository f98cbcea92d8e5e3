using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Solodesk.Chat.Protocol;
using Solodesk.Chat.Settings;
using Solodesk.Chat.Talk;
using Solodesk.Common;
using Solodesk.Files;
using Solodesk.Ui;

namespace Solodesk.Chat.Site;

/// <summary>What a site's page loads: the script, the part that comes when the panel is opened, and what the founder has set.</summary>
internal sealed class WidgetEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/widget.js", (HttpContext context, WidgetFiles files) => Script(context, files.Loader, "public, max-age=300", files.LoaderTag)).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/widget/{name}.js", (string name, HttpContext context, WidgetFiles files)
            => name == files.PanelName ? Script(context, files.Panel, "public, max-age=31536000, immutable", $"\"{name}\"") : Results.NotFound()).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/widget/config", ConfigAsync).AllowAnonymous().ExcludeFromDescription();
    }

    // Modules of another origin need the permission even though everybody may read them.
    private static IResult Script(HttpContext context, byte[] script, string keep, string tag)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.CacheControl = keep;
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return Results.Bytes(script, "text/javascript; charset=utf-8", entityTag: new EntityTagHeaderValue(tag));
    }

    private static async Task<IResult> ConfigAsync(HttpContext context, string? lang, Solodesk.Data.Settings settings, BotDesk bot, WidgetFiles files, Phrases phrases)
    {
        var ct = context.RequestAborted;
        if (!await ChatSites.AllowAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var chat = await settings.ReadAsync<ChatSettings>(ct);
        var business = await settings.ReadAsync<BusinessSettings>(ct);
        var language = Phrases.Known(lang);
        context.Response.Headers.CacheControl = "public, max-age=60";
        return Results.Json(new
        {
            language,
            panel = $"/widget/{files.PanelName}.js",
            name = business.Name,
            colour = chat.Colour,
            side = chat.Side,
            bot = await bot.AnswersFirstAsync(ct) ? await bot.NameAsync(language, ct) : null,
            askAddress = chat.AskAddressWhenClosed,
            invitations = chat.Invitations,
            fileBytes = (await settings.ReadAsync<FileLimits>(ct)).MaxFileBytes,
            files = FileLimits.MaxFiles,
            longest = SayInChat.Longest,
            texts = TextsOf(phrases, language, chat),
        }, ChatJson.Options);
    }

    private static Dictionary<string, string> TextsOf(Phrases phrases, string language, ChatSettings chat)
    {
        const string Prefix = "widget.";
        var texts = Phrases.Keys(language).Where(k => k.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(k => k[Prefix.Length..], k => phrases.In(language, k));
        Own(chat.Launcher, "launch");
        Own(chat.Greeting, "hello");
        return texts;

        void Own(Dictionary<string, string> own, string key)
        {
            if (own.TryGetValue(language, out var text) && text.Length > 0)
            {
                texts[key] = text;
            }
        }
    }
}
