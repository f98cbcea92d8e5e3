using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Channels.Email;

public enum MailSecurity { Tls, StartTls, None }

/// <summary>One mail account of the business: where mail is fetched and sent, and how far it was read.</summary>
public sealed class Mailbox
{
    public Guid Id { get; init; }
    public required string Address { get; set; }

    /// <summary>The name in From.</summary>
    public string SenderName { get; set; } = "";

    public string ImapHost { get; set; } = "";
    public int ImapPort { get; set; } = 993;
    public MailSecurity ImapSecurity { get; set; }
    public string SmtpHost { get; set; } = "";
    public int SmtpPort { get; set; } = 465;
    public MailSecurity SmtpSecurity { get; set; }
    public string UserName { get; set; } = "";

    /// <summary>Encrypted by data protection; never leaves the process.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The provider whose sign-in stands in for the password (<c>gmail</c>, <c>microsoft</c>); null with a password.</summary>
    public string? OAuth { get; set; }

    /// <summary>The access that the provider granted, encrypted like <see cref="Secret"/>; renewed about every hour.</summary>
    public string OAuthTokens { get; set; } = "";

    /// <summary>When the owner last signed in with the provider.</summary>
    public DateTimeOffset? SignedInAt { get; set; }

    /// <summary>The folder that is read.</summary>
    public string Folder { get; set; } = "INBOX";

    /// <summary>The generation of UIDs that <see cref="LastUid"/> counts in (RFC 3501 §2.3.1.1).</summary>
    public long UidValidity { get; set; }

    public long LastUid { get; set; }

    /// <summary>Only mail that arrived after connecting becomes tickets, unless the owner asked for the past.</summary>
    public bool ImportPast { get; set; }

    public bool Active { get; set; } = true;
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? CheckedAt { get; set; }
    public DateTimeOffset? LastInAt { get; set; }
    public DateTimeOffset? LastOutAt { get; set; }

    /// <summary>The reason of the last failure, as a phrase key below <c>mail.problem.</c>; null when it works.</summary>
    public string? Problem { get; set; }

    public string? ProblemDetail { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Mailbox>
    {
        public void Configure(EntityTypeBuilder<Mailbox> builder)
        {
            builder.ToTable("Mailboxes");
            builder.Property(m => m.Address).HasMaxLength(320);
            builder.Property(m => m.OAuth).HasMaxLength(20);
            builder.HasIndex(m => m.Address).IsUnique();
        }
    }
}
