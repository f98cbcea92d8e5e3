using System.Globalization;
using Microsoft.AspNetCore.Http;
using Solodesk.Common;

namespace Solodesk.Tickets.Writing;

/// <summary>What was typed into the composer and not taken, on its way back to the page.</summary>
/// <param name="Form">All its fields.</param>
/// <param name="Files">Files that are kept already.</param>
/// <param name="Problem">Why it was not taken.</param>
/// <param name="News">What the writer had not seen.</param>
internal sealed record ComposerState(IFormCollection Form, IReadOnlyList<Guid> Files, Problem Problem, IReadOnlyList<StaleGuard.News> News);

/// <summary>Reads the composer's fields.</summary>
internal static class ComposerForm
{
    public static WriteMode Mode(IFormCollection form) => Enum.TryParse<WriteMode>(form["mode"], out var mode) && Enum.IsDefined(mode) ? mode : WriteMode.Reply;

    public static ReplyToTicket.Request Say(Guid ticket, IFormCollection form, IReadOnlyList<Guid> files)
    {
        var mode = Mode(form);
        var forward = mode == WriteMode.Forward && Guid.TryParse(form["forward"], out var id) ? id : (Guid?)null;
        return new(ticket, form["markdown"].ToString(), mode == WriteMode.Note)
        {
            Status = mode != WriteMode.Note && Enum.TryParse<TicketStatus>(form["status"], out var status) && forward is null ? status : null,
            To = forward is null ? [] : Addresses(form["to"]),
            Cc = mode == WriteMode.Note ? [] : Addresses(form["cc"]),
            Bcc = mode == WriteMode.Note ? [] : Addresses(form["bcc"]),
            ForwardOf = forward,
            Once = Guid.TryParse(form["id"], out var once) ? once : null,
            AttachmentIds = [.. files, .. forward is null ? [] : Ids(form["forwardfile"])],
            Seen = form["anyway"] != "1" && Guid.TryParse(form["seen"], out var seen) ? new Seen(seen, [.. Ids(form["waiting"].ToString().Split(','))]) : null,
        };
    }

    public static IReadOnlyList<Guid> Files(IFormCollection form) => [.. Ids(form["attachment"])];

    /// <summary>A preset's moment, or what was chosen in the field, on the desk's own clock.</summary>
    public static DateTimeOffset? SendAt(IFormCollection form, TimeZoneInfo zone)
    {
        var asked = form["sendat"].ToString();
        if (asked.Length == 0)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(asked, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return moment.ToUniversalTime();
        }

        return DateTime.TryParse(form["sendlocal"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(local)).ToUniversalTime()
            : DateTimeOffset.MinValue;
    }

    public static string[] Addresses(string? text)
        => text?.Split([',', ';', '，', '；', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static IEnumerable<Guid> Ids(IEnumerable<string?> texts) => texts.Select(t => Guid.TryParse(t, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty);
}
