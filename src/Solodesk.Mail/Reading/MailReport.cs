using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Solodesk.Mail.Html;

namespace Solodesk.Mail.Reading;

/// <summary>Writes what was made of a mail as one line of JSON, for <c>solodesk mail parse</c>.</summary>
public static class MailReport
{
    /// <summary>Chinese stays readable: the line is for people and files, not for the inside of a web page.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the line, "\n" included, as UTF-8.</summary>
    /// <param name="target">Where the line goes; it is left open.</param>
    /// <param name="file">The name that stands in <c>file</c>.</param>
    /// <param name="mail">The mail.</param>
    /// <param name="reply">What was newly written, or null where nobody extracts it.</param>
    public static void WriteJsonLine(Stream target, string file, ParsedMail mail, Func<ParsedMail, string?>? reply = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(mail);
        using (var json = new Utf8JsonWriter(target, Options)) Write(json, file, mail, reply?.Invoke(mail));
        target.WriteByte((byte)'\n');
    }

    /// <summary>The same line as a string, without its end.</summary>
    public static string ToJsonLine(string file, ParsedMail mail, Func<ParsedMail, string?>? reply = null)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Options)) Write(json, file, mail, reply?.Invoke(mail));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string file, ParsedMail mail, string? reply)
    {
        json.WriteStartObject();
        Put(json, "file", file);
        json.WritePropertyName("from");
        Address(json, mail.From);
        Addresses(json, "reply_to", mail.ReplyTo);
        Addresses(json, "to", mail.To);
        Addresses(json, "cc", mail.Cc);
        Put(json, "subject", mail.Subject);
        Put(json, "date", mail.Date?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        Put(json, "message_id", mail.MessageId);
        Strings(json, "in_reply_to", mail.InReplyTo);
        Strings(json, "references", mail.References);
        Put(json, "text", mail.Text);
        var html = mail.Html is null ? null : HtmlSanitizer.Sanitize(mail.Html);
        Put(json, "html", html?.Html);
        Put(json, "reply", reply);
        json.WriteStartArray("attachments");
        foreach (var attachment in mail.Attachments) Attachment(json, attachment);
        json.WriteEndArray();
        Put(json, "kind", Name(mail.Kind));
        json.WriteBoolean("would_auto_reply", mail.WouldAutoReply);
        Bounce(json, mail.Bounce);
        json.WriteStartArray("warnings");
        foreach (var warning in mail.Warnings) json.WriteStringValue(Whole(warning.Code));
        // The reader makes no tree of the HTML; whether it keeps its form is known here.
        if (html is { Simplified: true }) json.WriteStringValue("html-simplified");
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>The kind as the report spells it.</summary>
    public static string Name(MailKind kind) => kind switch
    {
        MailKind.Person => "person",
        MailKind.AutoReply => "auto_reply",
        MailKind.Bounce => "bounce",
        MailKind.List => "list",
        MailKind.Notification => "notification",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static void Address(Utf8JsonWriter json, MailboxAddress? address)
    {
        if (address is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        Put(json, "name", address.Name);
        Put(json, "address", address.Address);
        json.WriteEndObject();
    }

    private static void Addresses(Utf8JsonWriter json, string name, IReadOnlyList<MailboxAddress> addresses)
    {
        json.WriteStartArray(name);
        foreach (var address in addresses) Address(json, address);
        json.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(Whole(value));
        json.WriteEndArray();
    }

    private static void Attachment(Utf8JsonWriter json, MailAttachment attachment)
    {
        json.WriteStartObject();
        Put(json, "name", attachment.Name);
        Put(json, "type", attachment.MediaType);
        json.WriteNumber("size", attachment.Size);
        using (var content = attachment.OpenRead()) json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(content)));
        Put(json, "content_id", attachment.ContentId);
        json.WriteBoolean("inline", attachment.Inline);
        json.WriteEndObject();
    }

    private static void Bounce(Utf8JsonWriter json, BounceReport? bounce)
    {
        if (bounce is null)
        {
            json.WriteNull("bounce");
            return;
        }
        json.WriteStartObject("bounce");
        json.WriteBoolean("permanent", bounce.Permanent);
        Put(json, "recipient", bounce.Recipient);
        Put(json, "original_message_id", bounce.OriginalMessageId);
        json.WriteEndObject();
    }

    private static void Put(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null) json.WriteNull(name);
        else json.WriteString(name, Whole(value));
    }

    /// <summary>Half a surrogate pair (a sender's numeric entity, a cut text) cannot be written as UTF-8; it becomes U+FFFD.</summary>
    private static string Whole(string value) => value.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? value : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value));
}
