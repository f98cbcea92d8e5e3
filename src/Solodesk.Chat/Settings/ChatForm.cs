using System.Globalization;
using Microsoft.AspNetCore.Http;
using Solodesk.Common;

namespace Solodesk.Chat.Settings;

/// <summary>What was typed into the settings of the chat, read and checked.</summary>
internal static class ChatForm
{
    /// <summary>White words on the brand's colour must reach this contrast (WCAG 2.2, 1.4.3).</summary>
    public const double LeastContrast = 4.5;

    private static readonly string[] Languages = ["zh-Hans", "en"];

    public static Result<ChatSettings> Look(IFormCollection form, ChatSettings before)
    {
        var colour = form["colour"].ToString().Trim();
        if (!IsColour(colour))
        {
            return new Problem("chat.colour") { Field = "colour" };
        }

        if (Contrast(colour) is var ratio && ratio < LeastContrast)
        {
            return new Problem("chat.contrast", ratio.ToString("0.0", CultureInfo.InvariantCulture)) { Field = "colour" };
        }

        return before with
        {
            Enabled = form.ContainsKey("enabled"),
            Colour = colour,
            Side = form["side"] == "left" ? "left" : "right",
            Launcher = Both(form, "launcher", 24),
            Greeting = Both(form, "greeting", 300),
        };
    }

    public static Result<ChatSettings> Answers(IFormCollection form, ChatSettings before)
    {
        if (!int.TryParse(form["mail_after"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 10 or > 3600)
        {
            return new Problem("chat.mail_after") { Field = "mail_after" };
        }

        var invitations = Invitations(form["invitations"].ToString());
        return !invitations.Ok ? invitations.Problem : before with
        {
            BotFirst = form.ContainsKey("bot_first"),
            BotName = Cut(form["bot_name"].ToString().Trim(), 60),
            AskAddressWhenClosed = form.ContainsKey("ask_address"),
            MailAfterSeconds = seconds,
            Invitations = invitations.Value,
        };
    }

    public static Result<ChatSettings> Sites(IFormCollection form, ChatSettings before)
    {
        var sites = new List<string>();
        foreach (var line in form["sites"].ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var site = line.TrimEnd('/');
            if (!Uri.TryCreate(site.Replace("//*.", "//any.", StringComparison.Ordinal), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/")
            {
                return new Problem("chat.site", line) { Field = "sites" };
            }

            sites.Add(site.ToLowerInvariant());
        }

        return before with { Sites = sites };
    }

    public static string Text(IEnumerable<Invitation> invitations)
        => string.Join('\n', invitations.Select(i => string.Create(CultureInfo.InvariantCulture, $"{i.Page} | {i.Seconds} | {i.Text}")));

    /// <summary>How much white stands out on a colour: 1 to 21.</summary>
    public static double Contrast(string colour)
    {
        var light = (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
        return 1.05 / (light + 0.05);

        double Channel(int at)
        {
            var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }

    private static bool IsColour(string text) => text.Length == 7 && text[0] == '#' && text.Skip(1).All(char.IsAsciiHexDigit);

    private static Result<List<Invitation>> Invitations(string text)
    {
        var invitations = new List<Invitation>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.Split('|', 3, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } page, var after, { Length: > 0 and <= 300 } words]
                || !int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > 3600)
            {
                return new Problem("chat.invitation", line) { Field = "invitations" };
            }

            invitations.Add(new(page, seconds, words));
        }

        return invitations;
    }

    private static Dictionary<string, string> Both(IFormCollection form, string name, int longest)
        => Languages.ToDictionary(l => l, l => Cut(form[$"{name}_{l}"].ToString().Trim(), longest)).Where(t => t.Value.Length > 0).ToDictionary(t => t.Key, t => t.Value);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
