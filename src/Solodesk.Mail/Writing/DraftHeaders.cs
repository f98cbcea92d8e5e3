using System.Security.Cryptography;

namespace Solodesk.Mail.Writing;

/// <summary>The headers of a message, all but those that describe its body.</summary>
internal static class DraftHeaders
{
    /// <summary>Fields that the writer or the mail system sets; a draft may not set them beside it.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version",
        "Auto-Submitted", "X-Auto-Response-Suppress", "List-Unsubscribe", "List-Unsubscribe-Post", "Return-Path", "Received",
    };

    public static WrittenMail Write(HeaderSection headers, MailDraft draft, TimeProvider clock)
    {
        var date = draft.Date ?? clock.GetUtcNow();
        date = date.AddTicks(-(date.Ticks % TimeSpan.TicksPerSecond));
        var messageId = draft.MessageId is { } own ? MessageIdText.Normalise(own, "Message-ID") : FreshId(draft.From.Address, clock);

        if (!headers.Utf8 && !System.Text.Ascii.IsValid(messageId))
        {
            throw new ArgumentException("Message-ID: other than ASCII needs a server with SMTPUTF8.", nameof(draft));
        }

        headers.AddDate("Date", date);
        headers.AddMailboxes("From", [draft.From]);
        if (draft.Sender is { } sender && sender.Address != draft.From.Address)
        {
            headers.AddMailboxes("Sender", [sender]);
        }

        AddMailboxes(headers, "Reply-To", draft.ReplyTo);
        AddMailboxes(headers, "To", draft.To);
        AddMailboxes(headers, "Cc", draft.Cc);
        if (draft.To.Count == 0 && draft.Cc.Count == 0)
        {
            // A message without any recipient field is taken for spam by some servers; an empty group says it is meant (RFC 5322 §3.4).
            headers.AddTokens("To", ["undisclosed-recipients:;"]);
        }

        headers.AddText("Subject", draft.Subject);
        AddIds(headers, "Message-ID", [messageId]);
        AddThread(headers, draft);
        AddAutomatic(headers, draft.Automatic);
        AddListUnsubscribe(headers, draft.ListUnsubscribe);
        foreach (var (name, value) in draft.Headers)
        {
            headers.AddText(CheckedName(name), value);
        }

        headers.AddTokens("MIME-Version", ["1.0"]);
        return new(messageId, date);
    }

    private static void AddMailboxes(HeaderSection headers, string name, IReadOnlyList<MailboxAddress> mailboxes)
    {
        if (mailboxes.Count > 0)
        {
            headers.AddMailboxes(name, mailboxes);
        }
    }

    private static void AddThread(HeaderSection headers, MailDraft draft)
    {
        if (MessageIdText.TryNormalise(draft.InReplyTo) is { } parent)
        {
            AddIds(headers, "In-Reply-To", [parent]);
        }

        var references = ThreadReferences.Trim(draft.References);
        if (references.Count > 0)
        {
            AddIds(headers, "References", references);
        }
    }

    /// <summary>Ids of other people's mail may hold raw UTF-8; they have no encoded form, so without SMTPUTF8 such a one is left out.</summary>
    private static void AddIds(HeaderSection headers, string name, IReadOnlyList<string> ids)
    {
        var writable = headers.Utf8 ? ids : [.. ids.Where(id => System.Text.Ascii.IsValid(id))];
        if (writable.Count > 0)
        {
            headers.AddTokens(name, writable);
        }
    }

    private static void AddAutomatic(HeaderSection headers, AutomaticMail automatic)
    {
        var value = automatic switch
        {
            AutomaticMail.No => null,
            AutomaticMail.Replied => "auto-replied",
            AutomaticMail.Generated => "auto-generated",
        };
        if (value is not null)
        {
            headers.AddTokens("Auto-Submitted", [value]);
            headers.AddTokens("X-Auto-Response-Suppress", ["All"]); // Exchange does not heed Auto-Submitted everywhere
        }
    }

    private static void AddListUnsubscribe(HeaderSection headers, ListUnsubscribe? leave)
    {
        if (leave is null || leave.Targets.Count == 0)
        {
            return;
        }

        if (leave.Targets.FirstOrDefault(target => !target.IsAbsoluteUri || target.Scheme is not ("https" or "http" or "mailto") || target.AbsoluteUri.Length > 900) is { } wrong)
        {
            throw new ArgumentException($"List-Unsubscribe: “{HeaderSection.Clean(wrong.OriginalString)}” is no https: or mailto: address that fits a header.", nameof(leave));
        }

        headers.AddTokens("List-Unsubscribe", leave.Targets.Select((target, i) => $"<{target.AbsoluteUri}>{(i < leave.Targets.Count - 1 ? "," : "")}"));
        if (leave.OneClick)
        {
            headers.AddTokens("List-Unsubscribe-Post", ["List-Unsubscribe=One-Click"]);
        }
    }

    private static string CheckedName(string name)
    {
        if (name.Length is 0 or > 76 || name.Any(c => c is <= ' ' or > '~' or ':'))
        {
            throw new ArgumentException($"“{HeaderSection.Clean(name)}” is not a header name.", nameof(name));
        }

        return Reserved.Contains(name) || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
            ? throw new ArgumentException($"The header “{name}” is written from the draft's own properties.", nameof(name))
            : name;
    }

    private static string FreshId(string from, TimeProvider clock)
    {
        var domain = from[(from.LastIndexOf('@') + 1)..];
        var host = System.Text.Ascii.IsValid(domain) ? domain : new System.Globalization.IdnMapping().GetAscii(domain);
        var unique = Guid.CreateVersion7(clock.GetUtcNow());
        return MessageIdText.Normalise($"{unique:N}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}@{host}", "Message-ID");
    }
}
