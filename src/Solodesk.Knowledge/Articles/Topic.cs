using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Data;

namespace Solodesk.Knowledge.Articles;

/// <summary>A category of articles; a tree, named in each language.</summary>
public sealed class Topic
{
    public Guid Id { get; init; }
    public Guid? ParentId { get; set; }

    /// <summary>What stands in its address.</summary>
    public required string Slug { get; set; }

    /// <summary>Names by language.</summary>
    public Dictionary<string, string> Names { get; set; } = [];

    /// <summary>One line below the name, by language.</summary>
    public Dictionary<string, string> Lines { get; set; } = [];

    public string Icon { get; set; } = "file-text";
    public int Position { get; set; }

    public string Name(string language) => Say(Names, language) ?? Slug;

    public string? Line(string language) => Say(Lines, language);

    private static string? Say(Dictionary<string, string> words, string language)
        => words.TryGetValue(language, out var own) && own.Length > 0 ? own : words.Values.FirstOrDefault(w => w.Length > 0);

    internal sealed class Table : IEntityTypeConfiguration<Topic>
    {
        public void Configure(EntityTypeBuilder<Topic> builder)
        {
            builder.ToTable("Topics");
            builder.Property(t => t.Slug).HasMaxLength(80);
            builder.Property(t => t.Icon).HasMaxLength(40);
            builder.Property(t => t.Names).IsJson();
            builder.Property(t => t.Lines).IsJson();
            builder.HasIndex(t => t.Slug).IsUnique();
        }
    }
}
