using System.Security.Cryptography;
using System.Text.Json;
using Solodesk.Mail.Reading;

namespace Solodesk.Mail.Tests.Reading;

/// <summary>Every mail of the corpus against what stands beside it in its .json; only what is named there is compared.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Names() => [.. Corpus.Mails.Select(m => Path.GetFileNameWithoutExtension(m))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mail_of_the_corpus_reads_as_expected(string name)
    {
        using var mail = MailReader.Read(Corpus.Bytes(name));
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Corpus.Folder, name + ".json")));
        foreach (var property in expected.RootElement.EnumerateObject()) Check(mail, property.Name, property.Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_mail_reads_the_same_from_a_spooled_stream(string name)
    {
        var bytes = Corpus.Bytes(name);
        using var whole = MailReader.Read(bytes);
        using var spooled = await MailReader.ReadAsync(new MemoryStream(bytes), MailReaderOptions.Default with { SpoolAboveBytes = 16 }, TestContext.Current.CancellationToken);
        Assert.Equal(MailReport.ToJsonLine(name, whole), MailReport.ToJsonLine(name, spooled));
    }

    private static void Check(ParsedMail mail, string key, JsonElement value)
    {
        switch (key)
        {
            case "from": Same(value, mail.From); break;
            case "original_sender": Same(value, mail.OriginalSender); break;
            case "from_all": All(value, mail.FromAll); break;
            case "to": All(value, mail.To); break;
            case "subject": Assert.Equal(value.GetString(), mail.Subject); break;
            case "date": Assert.Equal(value.GetString(), mail.Date?.ToString("yyyy-MM-dd'T'HH:mm:sszzz")); break;
            case "message_id": Assert.Equal(value.GetString(), mail.MessageId); break;
            case "in_reply_to": Assert.Equal(Strings(value), mail.InReplyTo); break;
            case "references": Assert.Equal(Strings(value), mail.References); break;
            case "text": Assert.Equal(value.GetString(), Words(mail.Text)); break;
            case "text_exact": Assert.Equal(value.GetString(), mail.Text); break;
            case "text_from_html": Assert.Equal(value.GetBoolean(), mail.TextIsFromHtml); break;
            case "html_contains": Assert.Contains(value.GetString()!, mail.Html); break;
            case "calendar_contains": Assert.Contains(value.GetString()!, mail.Calendar); break;
            case "signed": Assert.NotNull(mail.Signed); break;
            case "encrypted": Assert.True(mail.Encrypted); break;
            case "kind": Assert.Equal(value.GetString(), MailReport.Name(mail.Kind)); break;
            case "would_auto_reply": Assert.Equal(value.GetBoolean(), mail.WouldAutoReply); break;
            case "spam": Assert.Equal(value.GetBoolean(), mail.SpamMarked); break;
            case "warnings": foreach (var code in Strings(value)) Assert.Contains(mail.Warnings, w => w.Code == code); break;
            case "attachments": Attachments(value, mail.Attachments); break;
            case "bounce": Bounce(value, mail.Bounce); break;
            case "notice":
                Assert.NotNull(mail.DispositionNotice);
                Assert.Equal(value.GetProperty("displayed").GetBoolean(), mail.DispositionNotice.Displayed);
                Assert.Equal(value.GetProperty("final_recipient").GetString(), mail.DispositionNotice.FinalRecipient);
                Assert.Equal(value.GetProperty("original_message_id").GetString(), mail.DispositionNotice.OriginalMessageId);
                break;
            default: Assert.Fail($"Nobody compares \"{key}\"."); break;
        }
    }

    private static void All(JsonElement expected, IReadOnlyList<MailboxAddress> actual)
    {
        Assert.Equal(expected.GetArrayLength(), actual.Count);
        for (var i = 0; i < actual.Count; i++) Same(expected[i], actual[i]);
    }

    private static void Attachments(JsonElement expected, IReadOnlyList<MailAttachment> actual)
    {
        Assert.Equal(expected.GetArrayLength(), actual.Count);
        for (var i = 0; i < actual.Count; i++)
        {
            foreach (var property in expected[i].EnumerateObject())
            {
                switch (property.Name)
                {
                    case "name": Assert.Equal(property.Value.GetString(), actual[i].Name); break;
                    case "type": Assert.Equal(property.Value.GetString(), actual[i].MediaType); break;
                    case "content_id": Assert.Equal(property.Value.GetString(), actual[i].ContentId); break;
                    case "inline": Assert.Equal(property.Value.GetBoolean(), actual[i].Inline); break;
                    case "size": Assert.Equal(property.Value.GetInt64(), actual[i].Size); break;
                    case "sha256":
                        Assert.Equal(property.Value.GetString(), Convert.ToHexStringLower(SHA256.HashData(actual[i].ToArray())));
                        using (var stream = actual[i].OpenRead()) Assert.Equal(property.Value.GetString(), Convert.ToHexStringLower(SHA256.HashData(stream)));
                        break;
                    default: Assert.Fail($"Nobody compares \"{property.Name}\"."); break;
                }
            }
        }
    }

    private static void Bounce(JsonElement expected, BounceReport? actual)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(actual);
            return;
        }
        Assert.NotNull(actual);
        foreach (var property in expected.EnumerateObject())
        {
            switch (property.Name)
            {
                case "permanent": Assert.Equal(property.Value.GetBoolean(), actual.Permanent); break;
                case "recipient": Assert.Equal(property.Value.GetString(), actual.Recipient); break;
                case "original_message_id": Assert.Equal(property.Value.GetString(), actual.OriginalMessageId); break;
                case "status": Assert.Equal(property.Value.GetString(), actual.Status); break;
                default: Assert.Fail($"Nobody compares \"{property.Name}\"."); break;
            }
        }
    }

    private static void Same(JsonElement expected, MailboxAddress? actual)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(actual);
            return;
        }
        Assert.Equal(new MailboxAddress(expected.GetProperty("name").GetString(), expected.GetProperty("address").GetString()!), actual);
    }

    private static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetString()!)];

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
