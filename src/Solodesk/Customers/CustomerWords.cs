using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Solodesk.Data;
using Solodesk.Search;
using Solodesk.Text.Tokens;

namespace Solodesk.Customers;

/// <summary>Keeps the words of customers in step with their names and addresses, and finds customers by them without reading the whole table.</summary>
internal static class CustomerWords
{
    // Above it a beginning is so common that those who have it are met on the way through all.
    private const int Many = 1000;

    /// <summary>Before saving: writes anew the words of every customer whose name or addresses have changed.</summary>
    public static async Task FollowAsync(DeskDb db, CancellationToken ct)
    {
        foreach (var id in Changed(db.ChangeTracker))
        {
            var tracked = db.ChangeTracker.Entries<Customer>().FirstOrDefault(e => e.Entity.Id == id);
            var gone = tracked?.State == EntityState.Deleted;
            var words = gone ? [] : await WordsOfAsync(db, id, tracked?.Entity.Name, tracked?.State == EntityState.Added, ct);
            var known = tracked?.State == EntityState.Added ? [] : await db.Set<CustomerWord>().Where(w => w.CustomerId == id).ToListAsync(ct);
            db.RemoveRange(known.Where(w => !words.Remove(w.Word)));
            db.AddRange(words.Select(w => new CustomerWord { Word = w, CustomerId = id }));
        }
    }

    /// <summary>Those who have all the words in their name, an address or their company's name; the last word may be a beginning.</summary>
    public static async Task<IQueryable<Customer>> HavingAsync(this IQueryable<Customer> customers, DeskDb db, string text, CancellationToken ct)
    {
        var words = db.Set<CustomerWord>();
        var terms = SearchTokens.ForQuery(text, typing: true);
        var company = text.Trim().ToLowerInvariant();
        var companies = db.Set<Organization>().Where(o => o.Normal.Contains(company)).Select(o => (Guid?)o.Id);
        if (terms is [{ IsPrefix: true, OrAllOf.Count: 0 } typed] && Digits(text) is null)
        {
            var begun = typed.AnyOf.Select(t => With(words, t, prefix: true)).Aggregate((a, b) => a.Concat(b));
            if (await begun.Take(Many + 1).CountAsync(ct) > Many)
            {
                // So many that they are soon met from the last seen on, where to gather them all would cost more with every customer.
                return customers.Where(c => begun.Any(w => w.CustomerId == c.Id) || companies.Contains(c.OrganizationId));
            }
        }

        IQueryable<Guid>? found = null;
        foreach (var term in terms)
        {
            var any = term.AnyOf.Select(t => Whose(words, t, term.IsPrefix)).Aggregate((a, b) => a.Union(b));
            if (term.OrAllOf.Count > 0)
            {
                any = any.Union(term.OrAllOf.Select(t => Whose(words, t, term.IsPrefix)).Aggregate((a, b) => a.Intersect(b)));
            }

            found = found is null ? any : found.Intersect(any);
        }

        var theirs = db.Set<Customer>().Where(c => companies.Contains(c.OrganizationId)).Select(c => c.Id);
        var ids = found is null ? theirs : found.Union(theirs);
        if (Digits(text) is { } digits)
        {
            // Any part of a number, as it is read out: few rows are telephone numbers.
            ids = ids.Union(db.Set<CustomerAddress>().Where(a => a.Kind == AddressKind.Phone && a.Normal.Contains(digits)).Select(a => a.CustomerId));
        }

        return customers.Where(c => ids.Contains(c.Id));
    }

    // A telephone number however it is grouped: 138-0013 8000.
    private static string? Digits(string words)
        => words.All(c => char.IsAsciiDigit(c) || c is ' ' or '-' or '(' or ')' or '+' or '.') && string.Concat(words.Where(char.IsAsciiDigit)) is { Length: >= 4 } digits ? digits : null;

    private static IQueryable<Guid> Whose(IQueryable<CustomerWord> words, string token, bool prefix) => With(words, token, prefix).Select(w => w.CustomerId);

    private static IQueryable<CustomerWord> With(IQueryable<CustomerWord> words, string token, bool prefix)
    {
        var last = token + WordBeginnings.Last;
        return prefix ? words.Where(w => w.Word.CompareTo(token) >= 0 && w.Word.CompareTo(last) < 0) : words.Where(w => w.Word == token);
    }

    private static HashSet<Guid> Changed(ChangeTracker tracker)
    {
        var changed = new HashSet<Guid>();
        foreach (var entry in tracker.Entries<Customer>())
        {
            if (entry.State == EntityState.Added || (entry.State == EntityState.Modified && entry.Property(c => c.Name).IsModified))
            {
                changed.Add(entry.Entity.Id);
            }
        }

        foreach (var entry in tracker.Entries<CustomerAddress>())
        {
            if (entry.State is EntityState.Added or EntityState.Deleted or EntityState.Modified)
            {
                changed.Add(entry.Entity.CustomerId);
                // Moved to another customer: both have changed.
                changed.Add(entry.State == EntityState.Added ? entry.Entity.CustomerId : entry.Property(a => a.CustomerId).OriginalValue);
            }
        }

        return changed;
    }

    private static async Task<HashSet<string>> WordsOfAsync(DeskDb db, Guid id, string? name, bool isNew, CancellationToken ct)
    {
        name ??= await db.Set<Customer>().Where(c => c.Id == id).Select(c => c.Name).SingleOrDefaultAsync(ct);
        // What is in the database, over it what is being changed.
        var addresses = isNew ? [] : await db.Set<CustomerAddress>().AsNoTracking().Where(a => a.CustomerId == id).ToDictionaryAsync(a => a.Id, a => a.Value, ct);
        foreach (var entry in db.ChangeTracker.Entries<CustomerAddress>().Where(e => e.State != EntityState.Detached))
        {
            addresses.Remove(entry.Entity.Id);
            if (entry.State != EntityState.Deleted && entry.Entity.CustomerId == id)
            {
                addresses[entry.Entity.Id] = entry.Entity.Value;
            }
        }

        return name is null ? [] : Of(string.Join(' ', addresses.Values.Prepend(name)));
    }

    /// <summary>The words of a name and addresses.</summary>
    internal static HashSet<string> Of(string text)
        => SearchTokens.ForIndex(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
}
