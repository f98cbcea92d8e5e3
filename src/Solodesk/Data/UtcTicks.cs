using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Solodesk.Data;

/// <summary>SQLite cannot order or compare <see cref="DateTimeOffset"/>; there we store UTC ticks.</summary>
internal sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
    t => t.UtcTicks,
    t => new DateTimeOffset(t, TimeSpan.Zero));

/// <summary>PostgreSQL takes times in UTC only: one with another offset, such as the end of the founder's day, is the same moment there.</summary>
internal sealed class UtcTime() : ValueConverter<DateTimeOffset, DateTimeOffset>(t => t.ToUniversalTime(), t => t);
