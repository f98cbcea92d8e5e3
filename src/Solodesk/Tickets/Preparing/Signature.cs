using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Preparing;

/// <summary>What stands below answers: for one agent, one mailbox, one language, or any of them.</summary>
public sealed class Signature
{
    public Guid Id { get; init; }

    /// <summary>Null fits every agent.</summary>
    public Guid? AgentId { get; set; }

    /// <summary>Null fits every mailbox.</summary>
    public Guid? MailboxId { get; set; }

    /// <summary>Null fits every language.</summary>
    public string? Language { get; set; }

    /// <summary>Markdown.</summary>
    public required string Body { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Signature>
    {
        public void Configure(EntityTypeBuilder<Signature> builder)
        {
            builder.ToTable("Signatures");
            builder.Property(s => s.Language).HasMaxLength(20);
        }
    }
}

/// <summary>Finds the signature that fits an answer best: the agent's own before the mailbox's, the right language before any.</summary>
[UseCase]
public sealed class Signatures
{
    /// <summary>Its Markdown; empty when there is none.</summary>
    public static async Task<string> ForAsync(DeskDb db, Guid? agent, Guid? mailbox, string? language, CancellationToken ct)
    {
        var known = language is null ? null : Ui.Phrases.Known(language);
        var fitting = await db.Set<Signature>().AsNoTracking()
            .Where(s => (s.AgentId == null || s.AgentId == agent) && (s.MailboxId == null || s.MailboxId == mailbox) && (s.Language == null || s.Language == known)).ToListAsync(ct);
        var best = fitting.MaxBy(s => (s.AgentId is null ? 0 : 4) + (s.MailboxId is null ? 0 : 2) + (s.Language is null ? 0 : 1));
        return best?.Body ?? await db.Set<Agent>().Where(a => a.Id == agent).Select(a => a.Signature).SingleOrDefaultAsync(ct) ?? "";
    }
}
