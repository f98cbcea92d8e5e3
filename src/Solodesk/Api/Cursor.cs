using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Solodesk.Api;

/// <summary>Where a page of a list ended: the keys of its last row, opaque to callers.</summary>
/// <param name="Order">The order of the list; a cursor of another order is not taken.</param>
/// <param name="At">The time that it sorts by, as UTC ticks, or 0.</param>
/// <param name="Key">What tells rows of the same time apart.</param>
internal sealed record Cursor(string Order, long At, string Key)
{
    public DateTimeOffset Time => new(At, TimeSpan.Zero);

    public long Number => long.TryParse(Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public Guid Id => Guid.TryParse(Key, out var id) ? id : Guid.Empty;

    public override string ToString()
        => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Order}|{At}|{Key}")));

    /// <summary>Reads one back; null when it is none of this order.</summary>
    public static Cursor? Read(string text, string order)
    {
        if (text.Length > 400 || !Base64Url.IsValid(text))
        {
            return null;
        }

        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|') is [var given, var at, var key] && given == order
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
            && (long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _) || Guid.TryParse(key, out _))
            ? new Cursor(order, ticks, key)
            : null;
    }
}
