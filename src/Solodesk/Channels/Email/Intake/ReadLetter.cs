using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Files;
using Solodesk.Mail;
using Solodesk.Mail.Reading;

namespace Solodesk.Channels.Email.Intake;

/// <summary>Reads a stored mail: parses it, puts its files into the store, tells what is new in it and who wrote it.</summary>
[UseCase]
internal sealed class ReadLetter(IFileStore files, IDbContextFactory<DeskDb> dbs, MailKey key, Settings settings)
{
    public async Task<Letter> RunAsync(string sha256, Guid? mailboxId, CancellationToken ct)
    {
        await using var raw = await files.OpenAsync(sha256, ct) ?? throw new FileNotFoundException("The raw mail is not in the file store");
        var mail = await MailReader.ReadAsync(raw, null, ct);
        try
        {
            return await ReadAsync(mail, sha256, mailboxId, ct);
        }
        catch
        {
            mail.Dispose();
            throw;
        }
    }

    /// <summary>The name by which two copies of one mail know each other. Without id and date only equal bytes are the same mail.</summary>
    public static string NameOf(ParsedMail mail, string fingerprint, string sha256)
        => mail.MessageId is { Length: > 0 and <= 900 } id ? id : mail.Date is null ? $"raw:{sha256}" : $"content:{fingerprint}";

    /// <summary>Hash over what stays the same on every way: sender, date, subject, words and files, but no trace headers.</summary>
    public static string Fingerprint(ParsedMail mail)
    {
        var text = new StringBuilder();
        text.AppendJoin('\n', mail.From?.Address.ToLowerInvariant(), mail.Date?.UtcTicks, mail.Subject.Trim());
        foreach (var word in mail.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append('\n').Append(word);
        }

        foreach (var file in mail.Attachments)
        {
            text.Append('\n').Append(file.Name).Append('|').Append(file.Size);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private async Task<Letter> ReadAsync(ParsedMail mail, string sha256, Guid? mailboxId, CancellationToken ct)
    {
        var (mailbox, own, agents) = await OursAsync(mailboxId, ct);
        var kind = mail.Kind == MailKind.List && IsOwnList(mail, own) ? MailKind.Person : mail.Kind;
        var received = new List<LetterFile>();
        var limit = (await settings.ReadAsync<MailSettings>(ct)).MaxMailBytes;
        foreach (var file in mail.Attachments)
        {
            await using var content = file.OpenRead();
            var stored = await files.SaveAsync(content, Math.Max(limit, 1) * 2, ct);
            received.Add(new LetterFile(file.SafeName, Cut(file.MediaType, 200), stored, file.ContentId is { Length: <= 500 } id ? id : null, file.Inline, Ids.Token()));
        }

        var fingerprint = Fingerprint(mail);
        return new Letter
        {
            Mail = mail,
            Kind = kind,
            Body = LetterBodies.Of(mail, received),
            Files = received,
            Author = mail.From,
            Customer = CustomerOf(mail, kind, own, agents),
            InternetId = NameOf(mail, fingerprint, sha256),
            Fingerprint = fingerprint,
            Mailbox = mailbox,
            OwnAddresses = own,
            Key = key.Value,
        };
    }

    private async Task<(Mailbox? Mailbox, HashSet<string> Own, HashSet<string> Agents)> OursAsync(Guid? mailboxId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var mailboxes = await db.Set<Mailbox>().AsNoTracking().OrderBy(m => m.CreatedAt).ToListAsync(ct);
        var agents = await db.Set<Agent>().AsNoTracking().Where(a => a.Active && a.Email != null).Select(a => a.Email!).ToListAsync(ct);
        return (mailboxes.Find(m => m.Id == mailboxId),
            mailboxes.Select(m => CustomerAddress.Normalize(AddressKind.Email, m.Address)).ToHashSet(StringComparer.Ordinal),
            agents.ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>
    /// Whom the ticket is for. Reply-To says where answers are wanted (contact forms send from their own address in somebody's name);
    /// what an agent passes on is the original sender's. A stranger who passes something on asks for himself.
    /// </summary>
    private static MailboxAddress? CustomerOf(ParsedMail mail, MailKind kind, HashSet<string> own, HashSet<string> agents)
    {
        var passesOn = mail.From is { } from && (agents.Contains(from.Address) || own.Contains(Normal(from.Address)));
        if (mail.OriginalSender is { } original && (passesOn || mail.Kind == MailKind.List) && Usable(original))
        {
            return original;
        }

        if (kind != MailKind.List && mail.ReplyTo.FirstOrDefault(Usable) is { } wanted)
        {
            return Normal(wanted.Address) == Normal(mail.From?.Address ?? "") || wanted.Name is not null ? wanted with { Name = wanted.Name ?? mail.From?.Name }
                : wanted with { Name = passesOn || kind == MailKind.Notification ? null : mail.From?.Name };
        }

        return mail.From;

        bool Usable(MailboxAddress address) => FindCustomer.IsEmail(address.Address) && !own.Contains(Normal(address.Address));
    }

    /// <summary>A list whose address is one of ours, or in a domain of ours, is how customers reach us (support@ as a group).</summary>
    private static bool IsOwnList(ParsedMail mail, HashSet<string> own)
    {
        var post = (mail.Header("List-Post") ?? "").ToLowerInvariant();
        var id = (mail.Header("List-Id") ?? "").Trim();
        var open = id.LastIndexOf('<');
        id = id[(open + 1)..].TrimEnd('>').Trim().ToLowerInvariant();
        return own.Any(address =>
        {
            var at = address.LastIndexOf('@');
            var domain = address[(at + 1)..];
            return id == $"{address[..at]}.{domain}" || post.Contains($"mailto:{address}", StringComparison.Ordinal)
                || (!MailProvider.IsShared(domain) && (id.EndsWith("." + domain, StringComparison.Ordinal) || post.Contains($"@{domain}>", StringComparison.Ordinal)));
        });
    }

    private static string Normal(string address) => CustomerAddress.Normalize(AddressKind.Email, address);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
