using Solodesk.Mail.Mime;
using Solodesk.Mail.Mime.Headers;

namespace Solodesk.Mail.Reading;

/// <summary>Reads delivery reports: the structured part (RFC 3464) where there is one, else the prose.</summary>
internal static class BounceReader
{
    public static BounceReport? Read(MimePart root, MessageHeaders headers, string text, MimeContext context)
    {
        var status = StatusFields.Find(root, p => p.Type.Is("message", "delivery-status") || p.Type.Is("message", "global-delivery-status"));
        var original = Original(root, context);
        if (status is not null && FromStatus(StatusFields.Read(status, context)) is { } report) return Complete(report, original, headers, text);
        if (status is not null) return null;
        return BounceProse.Read(headers, text, original is not null) is { } prose ? Complete(prose, original, headers, text) : null;
    }

    /// <summary>Null for reports of success: what was delivered, relayed or expanded did not bounce.</summary>
    private static BounceReport? FromStatus(List<HeaderBlock> groups)
    {
        var recipients = new List<BouncedRecipient>();
        var seen = false;
        foreach (var group in groups)
        {
            var address = StatusFields.Address(group.Value("Final-Recipient")) ?? StatusFields.Address(group.Value("Original-Recipient"));
            var action = group.Value("Action")?.Trim().ToLowerInvariant();
            if (address is null && action is null) continue;
            seen = true;
            if (action is not null && action.Split(' ', ';', '(')[0] is "delivered" or "relayed" or "expanded") continue;
            var diagnostic = group.Value("Diagnostic-Code");
            var said = diagnostic?[(diagnostic.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();
            recipients.Add(new(address ?? "", action?.Split(' ', ';', '(')[0] ?? "failed", StatusCode.Find(group.Value("Status")) ?? StatusCode.Find(said), said));
        }
        if (recipients.Count == 0) return seen ? null : new BounceReport { Permanent = true, Recipients = [] };
        var worst = recipients.Find(r => IsPermanent(r)) ?? recipients[0];
        return new BounceReport { Permanent = IsPermanent(worst), Recipients = recipients, Status = worst.Status, Diagnostic = worst.Diagnostic };
    }

    private static bool IsPermanent(BouncedRecipient recipient) => recipient.Action != "delayed" && recipient.Status?[0] != '4' && (recipient.Status is not null || StatusCode.ReplyClass(recipient.Diagnostic) != '4');

    private static BounceReport Complete(BounceReport report, HeaderBlock? original, MessageHeaders headers, string text)
    {
        var recipients = report.Recipients;
        if (recipients.Count == 0 && headers.Value("X-Failed-Recipients") is { } failed && AddressParser.Parse(failed, 50, out _) is { Count: > 0 } listed)
            recipients = [.. listed.Select(a => new BouncedRecipient(a.Address, report.Permanent ? "failed" : "delayed", report.Status, report.Diagnostic))];
        if (recipients.Count == 0 && original is not null && AddressParser.Parse(original.Unfolded("To"), 1, out _) is [var to, ..])
            recipients = [new(to.Address, report.Permanent ? "failed" : "delayed", report.Status, report.Diagnostic)];
        return report with
        {
            Recipients = recipients,
            OriginalHeaders = original?.Fields ?? [],
            OriginalMessageId = Id(original?.Unfolded("Message-ID")) ?? BounceProse.MessageId(text) ?? (headers.InReplyTo.Count > 0 ? headers.InReplyTo[0] : headers.References.Count > 0 ? headers.References[^1] : null),
        };
    }

    private static string? Id(string? value) => MessageIds.Parse(value, 1, out _) is [var id, ..] ? id : null;

    /// <summary>The headers of the returned mail: enclosed whole, or its headers only (RFC 6522 §4).</summary>
    private static HeaderBlock? Original(MimePart root, MimeContext context)
    {
        if (!root.Type.IsMultipart) return null;
        if (StatusFields.Find(root, p => p.Message is not null) is { Message: { } message }) return message.Headers;
        var part = StatusFields.Find(root, p => p.Type.Is("text", "rfc822-headers") || p.Type.Is("message", "rfc822-headers") || p.Type.Is("message", "global-headers"));
        return part is null ? null : StatusFields.First(part, context);
    }
}
