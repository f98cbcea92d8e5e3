using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Agents;

namespace Solodesk.Notifications;

/// <summary>What an agent can be told about.</summary>
public enum NoticeKind { NewTicket, Answer, PromiseSoon, ChatWaiting, FollowUp }

/// <summary>What one agent wants to be told about, when not, and when a digest is wanted.</summary>
public sealed class NoticeChoices
{
    public Guid AgentId { get; init; }
    public bool NewTicket { get; set; }
    public bool Answer { get; set; } = true;
    public bool PromiseSoon { get; set; } = true;
    public bool ChatWaiting { get; set; } = true;
    public bool FollowUp { get; set; } = true;

    /// <summary>From when on nothing is shown, in minutes of the day; null knows no quiet hours. What comes then waits.</summary>
    public int? QuietFrom { get; set; }

    public int? QuietTo { get; set; }

    /// <summary>When the digest goes out, in minutes of the day; none sends none.</summary>
    public List<int> DigestAt { get; set; } = [];

    /// <summary>Only from Monday to Friday.</summary>
    public bool DigestOnWeekdays { get; set; } = true;

    /// <summary>The last time that a digest was sent for: none is sent for it again.</summary>
    public DateTimeOffset? DigestSlot { get; set; }

    public bool Wants(NoticeKind kind) => kind switch
    {
        NoticeKind.NewTicket => NewTicket,
        NoticeKind.Answer => Answer,
        NoticeKind.PromiseSoon => PromiseSoon,
        NoticeKind.ChatWaiting => ChatWaiting,
        NoticeKind.FollowUp => FollowUp,
    };

    /// <summary>When something that happens now may be shown: now, or when the quiet hours end.</summary>
    public DateTimeOffset ShownAt(DateTimeOffset now, TimeZoneInfo zone)
    {
        if (QuietFrom is not { } from || QuietTo is not { } to || from == to)
        {
            return now;
        }

        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var minute = (int)local.TimeOfDay.TotalMinutes;
        var quiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
        if (!quiet)
        {
            return now;
        }

        var end = local.Date.AddMinutes(to).AddDays(minute >= to ? 1 : 0);
        return new DateTimeOffset(end, zone.GetUtcOffset(end)).ToUniversalTime();
    }

    internal sealed class Table : IEntityTypeConfiguration<NoticeChoices>
    {
        public void Configure(EntityTypeBuilder<NoticeChoices> builder)
        {
            builder.ToTable("NoticeChoices").HasKey(c => c.AgentId);
            builder.Property(c => c.AgentId).ValueGeneratedNever();
            builder.HasOne<Agent>().WithOne().HasForeignKey<NoticeChoices>(c => c.AgentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A notice that was given, so that it is not given again; swept after some days.</summary>
public sealed class Notice
{
    public Guid AgentId { get; init; }

    /// <summary>What it was about: the event, or the promise with its time.</summary>
    public required string Key { get; init; }

    public DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<Notice>
    {
        public void Configure(EntityTypeBuilder<Notice> builder)
        {
            builder.ToTable("Notices").HasKey(n => new { n.AgentId, n.Key });
            builder.Property(n => n.Key).HasMaxLength(120);
            builder.HasOne<Agent>().WithMany().HasForeignKey(n => n.AgentId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(n => n.At);
        }
    }
}
