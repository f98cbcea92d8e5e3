using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Engine.Conditions;

namespace Solodesk.Data;

/// <summary>
/// One value of an own field of a ticket, customer or organization, read in every way that a condition may compare it. The owner's JSON is
/// the truth; these rows follow it with every save.
/// </summary>
public sealed class FieldValue
{
    /// <summary>Longer texts are compared by their beginning.</summary>
    private const int Longest = 1000;

    public Guid OwnerId { get; init; }
    public required string Key { get; init; }

    /// <summary>Which of several values.</summary>
    public int Position { get; init; }

    public required string Text { get; init; }

    /// <summary>The text as conditions compare it.</summary>
    public required string Folded { get; init; }

    public double? Number { get; init; }

    /// <summary>A day, at noon UTC: the same day in every zone from −12 to +11.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The values of one owner, several choices in several rows.</summary>
    internal static IEnumerable<FieldValue> Of(IHasFieldValues owner)
        => from field in owner.FieldValues
           where field.Key.Length <= 60
           from value in field.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Index()
           select Of(owner.Id, field.Key, value.Index, Start(value.Item));

    /// <summary>Before a save: brings the rows of owners that are new, changed or gone in step.</summary>
    internal static async Task FollowAsync(DeskDb db, CancellationToken ct)
    {
        var added = new List<IHasFieldValues>();
        var changed = new List<IHasFieldValues>();
        var gone = new List<Guid>();
        foreach (var entry in db.ChangeTracker.Entries<IHasFieldValues>())
        {
            switch (entry.State)
            {
                case EntityState.Added when entry.Entity.FieldValues.Count > 0:
                    added.Add(entry.Entity);
                    break;
                case EntityState.Modified when HasChanged(entry):
                    changed.Add(entry.Entity);
                    break;
                case EntityState.Deleted:
                    gone.Add(entry.Entity.Id);
                    break;
            }
        }

        if (changed.Count + gone.Count > 0)
        {
            var owners = changed.Select(o => o.Id).Concat(gone).ToList();
            await db.Set<FieldValue>().Where(v => owners.Contains(v.OwnerId)).ExecuteDeleteAsync(ct);
            foreach (var stale in db.ChangeTracker.Entries<FieldValue>().Where(e => owners.Contains(e.Entity.OwnerId)).ToList())
            {
                stale.State = EntityState.Detached;
            }
        }

        db.AddRange(added.Concat(changed).SelectMany(Of));
    }

    private static bool HasChanged(EntityEntry<IHasFieldValues> entry)
        => entry.Properties.Any(p => p.IsModified && p.Metadata.ClrType == typeof(Dictionary<string, string>));

    // Without splitting a surrogate pair, which no database stores.
    private static string Start(string text)
        => text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)];

    private static FieldValue Of(Guid owner, string key, int position, string text) => new()
    {
        OwnerId = owner,
        Key = key,
        Position = position,
        Text = text,
        Folded = TextFold.Fold(text),
        Number = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
        At = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero)
            : null,
    };

    internal sealed class Table : IEntityTypeConfiguration<FieldValue>
    {
        public void Configure(EntityTypeBuilder<FieldValue> builder)
        {
            builder.ToTable("FieldValues").HasKey(v => new { v.OwnerId, v.Key, v.Position });
            builder.Property(v => v.Key).HasMaxLength(60);
            builder.Property(v => v.Text).HasMaxLength(Longest);
            builder.Property(v => v.Folded).HasMaxLength(Longest * 2);
        }
    }
}
