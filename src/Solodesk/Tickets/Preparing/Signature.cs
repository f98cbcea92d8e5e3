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
public sealed class Signatures(IDbContextFactory<DeskDb> dbs, RecentReads recent)
{
    /// <summary>Its Markdown, as every open ticket asks for it; empty when there is none.</summary>
    public async Task<string> ForAsync(Guid? agent, Guid? mailbox, string? language, CancellationToken ct)
    {
        var known = await recent.ReadAsync("signatures", null, async c =>
        {
            await using var db = await dbs.CreateDbContextAsync(c);
            return new Known(await db.Set<Signature>().AsNoTracking().ToListAsync(c), await db.Set<Agent>().ToDictionaryAsync(a => a.Id, a => a.Signature, c));
        }, ct);
        return Best(known.All, agent, mailbox, Language(language)) ?? (agent is { } id ? known.OfAgents.GetValueOrDefault(id) : null) ?? "";
    }

    /// <summary>The same inside the caller's transaction.</summary>
    public static async Task<string> ForAsync(DeskDb db, Guid? agent, Guid? mailbox, string? language, CancellationToken ct)
    {
        var known = Language(language);
        var fitting = await db.Set<Signature>().AsNoTracking()
            .Where(s => (s.AgentId == null || s.AgentId == agent) && (s.MailboxId == null || s.MailboxId == mailbox) && (s.Language == null || s.Language == known)).ToListAsync(ct);
        return Best(fitting, agent, mailbox, known) ?? await db.Set<Agent>().Where(a => a.Id == agent).Select(a => a.Signature).SingleOrDefaultAsync(ct) ?? "";
    }

    private static string? Best(IEnumerable<Signature> all, Guid? agent, Guid? mailbox, string? language)
        => all.Where(s => (s.AgentId is null || s.AgentId == agent) && (s.MailboxId is null || s.MailboxId == mailbox) && (s.Language is null || s.Language == language))
            .MaxBy(s => (s.AgentId is null ? 0 : 4) + (s.MailboxId is null ? 0 : 2) + (s.Language is null ? 0 : 1))?.Body;

    private static string? Language(string? language) => language is null ? null : Ui.Phrases.Known(language);

    private sealed record Known(IReadOnlyList<Signature> All, IReadOnlyDictionary<Guid, string> OfAgents);
}
