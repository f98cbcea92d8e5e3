using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Data;

namespace Solodesk.Tickets.Preparing;

/// <summary>Several changes and an answer under one name and one key.</summary>
public sealed class Macro
{
    public Guid Id { get; init; }
    public required string Name { get; set; }

    /// <summary>1 to 9: the key that runs it; null has none.</summary>
    public int? Key { get; set; }

    public MacroSteps Steps { get; set; } = new();
    public int UseCount { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Macro>
    {
        public void Configure(EntityTypeBuilder<Macro> builder)
        {
            builder.ToTable("Macros");
            builder.Property(m => m.Name).HasMaxLength(120);
            builder.Property(m => m.Steps).IsJson();
        }
    }
}

/// <summary>What a macro does; null leaves a thing as it is.</summary>
public sealed record MacroSteps
{
    /// <summary>The answer, with variables; empty answers nothing.</summary>
    public string Reply { get; init; } = "";

    /// <summary>A note, with variables; empty writes none.</summary>
    public string Note { get; init; } = "";

    public TicketStatus? Status { get; init; }
    public TicketPriority? Priority { get; init; }
    public TicketType? Type { get; init; }
    public Guid? CategoryId { get; init; }
    public Guid? AssigneeId { get; init; }
    public List<string> AddTags { get; init; } = [];
    public List<string> RemoveTags { get; init; } = [];

    /// <summary>Puts the ticket away for so many hours.</summary>
    public int? SnoozeHours { get; init; }

    public bool IsEmpty => Reply.Length == 0 && Note.Length == 0 && Status is null && Priority is null && Type is null && CategoryId is null && AssigneeId is null
        && AddTags.Count == 0 && RemoveTags.Count == 0 && SnoozeHours is null;
}
