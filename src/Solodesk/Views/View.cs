using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Data;
using Solodesk.Engine.Conditions;

namespace Solodesk.Views;

/// <summary>A list of tickets by a condition: everybody's, or one agent's own.</summary>
public sealed class View
{
    public Guid Id { get; init; }

    /// <summary>The last part of its address; never changes, so that links keep.</summary>
    public required string Key { get; init; }

    /// <summary>The one who sees it; null for everybody.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>What people read; empty for the desk's own views, which are named by phrases.</summary>
    public string Name { get; set; } = "";

    /// <summary>The condition as JSON.</summary>
    public required string Condition { get; set; }

    /// <summary>Which columns a wide list shows; none shows the list beside the conversation.</summary>
    public List<string> Columns { get; set; } = [];

    /// <summary>The column that it is sorted by.</summary>
    public string Sort { get; set; } = ViewSort.LastMessage;

    public bool Descending { get; set; } = true;

    /// <summary>The column that it is cut into groups by.</summary>
    public string? Group { get; set; }

    public int Position { get; set; }

    /// <summary>Not in the navigation; its address still works.</summary>
    public bool Hidden { get; set; }

    public long Version { get; set; }

    /// <summary>Whether it is one of those that every desk begins with.</summary>
    public bool IsBuiltIn => Name.Length == 0;

    /// <summary>The condition; a stored one that cannot be read any more meets nothing and says so where it is edited.</summary>
    public Condition ReadCondition() => Engine.Conditions.Condition.Parse(Condition).TryGet(out var condition) ? condition : new AnyOf([]);

    internal sealed class Table : IEntityTypeConfiguration<View>
    {
        public void Configure(EntityTypeBuilder<View> builder)
        {
            builder.ToTable("Views");
            builder.Property(v => v.Key).HasMaxLength(40);
            builder.Property(v => v.Name).HasMaxLength(120);
            builder.Property(v => v.Columns).IsJson();
            builder.Property(v => v.Sort).HasMaxLength(40);
            builder.Property(v => v.Group).HasMaxLength(40);
            builder.Property(v => v.Version).IsConcurrencyToken();
            builder.Ignore(v => v.IsBuiltIn);
            builder.HasIndex(v => v.Key).IsUnique();
            // One text and no array: rows that come with the schema are compared by value, and PostgreSQL's arrays are not.
            builder.Property(v => v.Columns).HasMaxLength(400).HasConversion(
                columns => string.Join(' ', columns),
                text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList(),
                new ValueComparer<List<string>>((a, b) => a!.SequenceEqual(b!), columns => columns.Count, columns => columns.ToList()));
            builder.HasData(DefaultViews.All);
        }
    }
}
