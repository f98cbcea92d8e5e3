using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Solodesk.Data;

/// <summary>SQLite cannot order or compare <see cref="DateTimeOffset"/>; there we store UTC ticks.</summary>
internal sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
    t => t.UtcTicks,
    t => new DateTimeOffset(t, TimeSpan.Zero));
