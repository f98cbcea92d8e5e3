using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Solodesk.Mail.Reading;
using Solodesk.Mail.Writing;

namespace Solodesk.Mail.Tests.Writing;

/// <summary>What the writer writes, our reader reads back the same, whatever the draft.</summary>
public sealed class RoundTripTests
{
    private const int Runs = 600;

    [Fact]
    public void Any_draft_reads_back_the_same_in_ASCII() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Runs), Prop.ForAll(DraftGen.Drafts(utf8Addresses: false).ToArbitrary(), draft => HoldsAsync(draft, new())));

    [Fact]
    public void Any_draft_reads_back_the_same_in_UTF8() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Runs), Prop.ForAll(
            DraftGen.Drafts(utf8Addresses: true).ToArbitrary(), draft => HoldsAsync(draft, new() { Utf8Headers = true, EightBitBodies = true })));

    [Theory]
    [InlineData(AutomaticMail.No, true)]
    [InlineData(AutomaticMail.Replied, false)]
    [InlineData(AutomaticMail.Generated, false)]
    public async Task Our_own_automatic_mail_is_never_answered_automatically(AutomaticMail automatic, bool answered)
    {
        var bytes = await Drafts.WriteAsync(new() { From = Drafts.Desk, To = [new(null, "a@example.org")], Subject = "收到", Text = "已收到您的邮件", Automatic = automatic });

        using var mail = MailReader.Read(bytes);

        Assert.Equal(answered, mail.WouldAutoReply);
        Assert.Equal(answered, mail.Kind == MailKind.Person);
    }

    private static async Task<bool> HoldsAsync(MailDraft draft, MailWriterOptions options)
    {
        using var output = new MemoryStream();
        var written = await MailWriter.WriteAsync(draft, output, options, CancellationToken.None);
        var bytes = output.ToArray();
        Drafts.AssertSound(bytes, ascii: !options.Utf8Headers);
        using var mail = MailReader.Read(bytes);
        try
        {
            await CompareAsync(draft, written, mail);
            return true;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.Message}\n{Encoding.UTF8.GetString(bytes)}", e);
        }
    }

    private static async Task CompareAsync(MailDraft draft, WrittenMail written, ParsedMail mail)
    {
        Assert.Equal(HeaderSection.Clean(draft.Subject).Trim(), mail.Subject);
        Same([draft.From], mail.FromAll);
        Same(draft.ReplyTo, mail.ReplyTo);
        Same(draft.To, mail.To);
        Same(draft.Cc, mail.Cc);
        Assert.Empty(mail.Bcc);
        Assert.Equal(written.Date, mail.Date);
        Assert.Equal(draft.Date!.Value.Offset, mail.Date!.Value.Offset);
        Assert.Equal(written.MessageId.Trim('<', '>'), mail.MessageId);
        Assert.Equal(draft.InReplyTo is null ? [] : [draft.InReplyTo.Trim('<', '>')], mail.InReplyTo);
        Assert.Equal(ThreadReferences.Trim(draft.References).Select(id => id.Trim('<', '>')), mail.References);
        if (!string.IsNullOrWhiteSpace(draft.Text) || draft.Html is null)
        {
            Assert.Equal(Lines(draft.Text ?? ""), Lines(mail.Text));
        }

        if (draft.Html is not null)
        {
            Assert.Equal(Lines(draft.Html), Lines(mail.Html!));
        }

        var inline = draft.Html is null ? [] : draft.Attachments.Where(file => file is { Inline: true, ContentId: not null }).ToList();
        MailDraftAttachment[] order = [.. inline, .. draft.Attachments.Except(inline)];
        Assert.Equal(order.Length, mail.Attachments.Count);
        foreach (var (file, read) in order.Zip(mail.Attachments))
        {
            var name = HeaderSection.Clean(file.Name);
            Assert.Equal(name.Length == 0 ? "attachment" : name.Trim(), read.Name ?? "");
            Assert.Equal(file.MediaType, read.MediaType);
            Assert.Equal(file.ContentId, read.ContentId);
            await using var content = await file.Content(CancellationToken.None);
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes);
            Assert.Equal(bytes.ToArray(), read.ToArray());
        }
    }

    private static void Same(IEnumerable<MailboxAddress> expected, IEnumerable<MailboxAddress> actual) =>
        Assert.Equal(expected.Select(box => (Name(box), box.Address)), actual.Select(box => (Name(box), box.Address)));

    /// <summary>The reader tidies names for people: runs of blanks become one, and separators at either end go.</summary>
    private static string Name(MailboxAddress box) =>
        string.Join(' ', HeaderSection.Clean(box.Name ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim(',', ';', ':', ' ');

    /// <summary>Blanks at either end of a body are nobody's words.</summary>
    private static string Lines(string text) => text.ReplaceLineEndings("\n").Trim();
}
