using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Solodesk.Data;

/// <summary>
/// Takes U+0000 and halves of surrogate pairs out of what is about to be saved. PostgreSQL refuses a text that holds one, and what a stranger
/// sent (a form, a chat, a file) must not be lost for it; SQLite ends the text at the former in half of its functions.
/// </summary>
internal static class StorableText
{
    private static readonly ConditionalWeakTable<IEntityType, IProperty[]> Texts = [];

    public static void Keep(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified))
            {
                continue;
            }

            foreach (var property in Texts.GetValue(entry.Metadata, static type => [.. type.GetProperties().Where(p => p.ClrType == typeof(string) || p.ClrType == typeof(List<string>))]))
            {
                switch (entry.Property(property).CurrentValue)
                {
                    case string text when !IsPlain(text):
                        entry.Property(property).CurrentValue = Plain(text);
                        break;
                    case List<string> list when !list.TrueForAll(IsPlain):
                        entry.Property(property).CurrentValue = list.ConvertAll(Plain);
                        break;
                    default:
                        break;
                }
            }
        }
    }

    private static bool IsPlain(string text) => !text.Contains('\0', StringComparison.Ordinal) && (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') || IsPaired(text));

    private static bool IsPaired(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != OperationStatus.Done)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    // Runes are enumerated with U+FFFD in the place of half a pair.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != 0)
            {
                plain.Append(rune.ToString());
            }
        }

        return plain.ToString();
    }
}
