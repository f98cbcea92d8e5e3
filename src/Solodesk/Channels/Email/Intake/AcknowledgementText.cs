using System.Globalization;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;
using Solodesk.Ui;

namespace Solodesk.Channels.Email.Intake;

/// <summary>The words of the confirmation: the owner's own or the desk's, in the customer's language, with the promise as a time of day.</summary>
[UseCase]
internal sealed class AcknowledgementText(Settings settings, Promises promises, Phrases phrases, TimeProvider clock)
{
    public TimeProvider Clock => clock;

    public async Task<(string Body, string Language, Actor Author)> ForAsync(Ticket ticket, Customer customer, CancellationToken ct)
    {
        var business = await settings.ReadAsync<BusinessSettings>(ct);
        var language = Phrases.Known(ticket.Language ?? customer.Language ?? business.Language);
        var own = (await settings.ReadAsync<MailSettings>(ct)).AcknowledgementTexts.GetValueOrDefault(language);
        var expected = await promises.ExpectedAnswerAsync(ticket.Priority, ct);
        var template = string.IsNullOrWhiteSpace(own) ? phrases.In(language, expected is null ? "mail.ack.body_open" : "mail.ack.body") : own;
        var body = WithLink(template, business.PublicUrl, ticket.TrackingToken)
            .Replace("{name}", Harmless(customer.Name), StringComparison.Ordinal)
            .Replace("{number}", ticket.Number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{subject}", Harmless(ticket.Subject), StringComparison.Ordinal)
            .Replace("{business}", business.Name, StringComparison.Ordinal)
            .Replace("{expected}", Expected(expected, business, language), StringComparison.Ordinal);
        return (body, language, new Actor(ActorKind.System, null, business.Name, Role.Owner));
    }

    /// <summary>The customer's own page of the ticket; a desk that has no public address leaves out the line that speaks of it.</summary>
    private static string WithLink(string template, string publicUrl, string token)
        => publicUrl.Length > 0 ? template.Replace("{link}", $"{publicUrl.TrimEnd('/')}/track/{token}", StringComparison.Ordinal)
            : string.Join('\n', template.Split('\n').Where(line => !line.Contains("{link}", StringComparison.Ordinal)));

    /// <summary>“Tomorrow by 10:30 (UTC+8)”: in the business' own zone, which it names, rounded up to the quarter.</summary>
    private string Expected(DateTimeOffset? due, BusinessSettings business, string language)
    {
        if (due is not { } at)
        {
            return phrases.In(language, "mail.expected.open");
        }

        var zone = business.Hours.Zone;
        var quarter = TimeSpan.FromMinutes(15).Ticks;
        var local = TimeZoneInfo.ConvertTime(new DateTimeOffset((at.UtcTicks + quarter - 1) / quarter * quarter, TimeSpan.Zero), zone);
        var today = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).Date;
        var days = (local.Date - today).Days;
        var culture = CultureInfo.GetCultureInfo(language);
        var time = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        var zoneName = Offset(local.Offset);
        return days switch
        {
            0 => phrases.In(language, "mail.expected.today", time, zoneName),
            1 => phrases.In(language, "mail.expected.tomorrow", time, zoneName),
            < 7 => phrases.In(language, "mail.expected.weekday", local.ToString("dddd", culture), time, zoneName),
            _ => phrases.In(language, "mail.expected.date", local.ToString("M", culture), time, zoneName),
        };
    }

    /// <summary>A stranger chose these words and perhaps the address they go to: no links, no markup, not long.</summary>
    private static string Harmless(string text)
    {
        var plain = string.Concat(text.Where(c => !char.IsControl(c) && c is not ('[' or ']' or '(' or ')' or '<' or '>' or '*' or '_' or '`' or '#' or '\\' or '!')));
        return plain.Contains("://", StringComparison.Ordinal) || plain.Contains("www.", StringComparison.OrdinalIgnoreCase) ? "" : Conversation.Shorten(plain.Trim(), 100);
    }

    private static string Offset(TimeSpan offset)
        => "UTC" + (offset < TimeSpan.Zero ? "−" : "+") + offset.ToString(offset.Minutes == 0 ? "%h" : "h\\:mm", CultureInfo.InvariantCulture);
}
