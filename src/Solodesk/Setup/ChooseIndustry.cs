using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Setup;

/// <summary>Fills an empty desk with what its kind of business needs. Chosen again, it replaces only what nobody has touched or used.</summary>
[UseCase]
internal sealed class ChooseIndustry(DeskWriter writer, Settings settings, IEnumerable<IIndustryStarter> starters, TimeProvider clock)
{
    public async Task<Result<Done>> RunAsync(Actor actor, string key, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        if (Industry.All.All(i => i.Key != key))
        {
            return new Problem("setup.industry_missing") { Field = "industry" };
        }

        var business = await settings.ReadAsync<BusinessSettings>(ct);
        var chosen = Industry.Read(key, business.Language);
        var before = Industry.Read(business.Industry, business.Language);
        var done = await writer.RunAsync<Done>(async db =>
        {
            await ForgetAsync(db, before, ct);
            await FillAsync(db, chosen, business.Language, ct);
            foreach (var starter in starters)
            {
                if (business.Industry != key)
                {
                    await starter.ForgetAsync(db, business.Industry, business.Language, ct);
                    await db.SaveChangesAsync(ct);
                }

                await starter.FillAsync(db, actor, key, business.Language, ct);
            }

            return Done.It;
        }, ct);
        if (!done.Ok)
        {
            return done;
        }

        var tags = (await settings.ReadAsync<TagSettings>(ct)).Suggested.Except(before?.Tags ?? []).Union(chosen?.Tags ?? []);
        await settings.SaveAsync(new TagSettings { Suggested = [.. tags] }, ct);
        await settings.SaveAsync(business with { Industry = key }, ct);
        return Done.It;
    }

    /// <summary>Takes back the former choice: what still has its name and was not used.</summary>
    private static async Task ForgetAsync(DeskDb db, Industry? before, CancellationToken ct)
    {
        if (before is null)
        {
            return;
        }

        var names = before.Categories.SelectMany(c => c.Children.Append(c.Name)).ToList();
        var used = db.Set<Ticket>().Where(t => t.CategoryId != null).Select(t => t.CategoryId);
        var categories = await db.Set<Category>().Where(c => names.Contains(c.Name) && !used.Contains(c.Id)).ToListAsync(ct);
        // A node that still carries others stays.
        var kept = await db.Set<Category>().Where(c => !names.Contains(c.Name) || used.Contains(c.Id)).Select(c => c.ParentId).ToListAsync(ct);
        db.RemoveRange(categories.Where(c => !kept.Contains(c.Id)));

        var titles = before.Templates.Select(t => t.Name).ToList();
        var templates = await db.Set<Template>().Where(t => t.UseCount == 0 && titles.Contains(t.Name)).ToListAsync(ct);
        db.RemoveRange(templates.Where(t => before.Templates.Any(b => b.Name == t.Name && b.Body == t.Body)));
        await db.SaveChangesAsync(ct);
    }

    private async Task FillAsync(DeskDb db, Industry? chosen, string language, CancellationToken ct)
    {
        if (chosen is null)
        {
            return;
        }

        var position = (await db.Set<Category>().Where(c => c.ParentId == null).MaxAsync(c => (int?)c.Position, ct) ?? 0) + 1;
        var known = await db.Set<Category>().Where(c => c.ParentId == null).Select(c => c.Name).ToListAsync(ct);
        foreach (var branch in chosen.Categories.Where(b => !known.Contains(b.Name)))
        {
            var parent = new Category { Id = Ids.New(clock), Name = branch.Name, Position = position++ };
            db.Add(parent);
            db.AddRange(branch.Children.Select((name, i) => new Category { Id = Ids.New(clock), ParentId = parent.Id, Name = name, Position = i }));
        }

        var titles = await db.Set<Template>().Select(t => t.Name).ToListAsync(ct);
        db.AddRange(chosen.Templates.Where(t => !titles.Contains(t.Name)).Select(t => new Template
        {
            Id = Ids.New(clock),
            Folder = t.Folder,
            Name = t.Name,
            Body = t.Body,
            Language = language,
            UpdatedAt = clock.GetUtcNow(),
        }));
    }
}
