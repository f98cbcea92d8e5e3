using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;
using Solodesk.Search;
using Solodesk.Tickets;

namespace Solodesk.Setup.Demo;

/// <summary>Writes the made-up company into an empty desk, in one transaction: either all of it is there or nothing.</summary>
[UseCase]
internal sealed class FillDemo(IDbContextFactory<DeskDb> dbs, IDatabase database, Settings settings, ISearchIndex search, IFileStore files,
    IEnumerable<IDemoFiller> fillers, TimeProvider clock)
{
    private const int Batch = 2000;

    /// <summary>What came of it: filled now, filled before, or a desk that holds somebody's work and was left alone.</summary>
    public enum Outcome { Filled, AlreadyDemo, NotEmpty }

    public async Task<Outcome> RunAsync(CancellationToken ct)
    {
        if ((await settings.ReadAsync<DemoSettings>(ct)).Active)
        {
            return Outcome.AlreadyDemo;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        if (await IsUsedAsync(db, ct))
        {
            return Outcome.NotEmpty;
        }

        var company = DemoCompany.Make(clock.GetUtcNow(), Ids.Token);
        var attachments = await KeepFilesAsync(company, ct);
        using (await database.EnterWriteAsync(ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (await IsUsedAsync(db, ct))
            {
                return Outcome.NotEmpty;
            }

            await WriteAsync(db, company, attachments, ct);
            foreach (var filler in fillers)
            {
                await filler.FillAsync(db, new DemoScene(company.Founder.Id, company.Founder.Name, clock.GetUtcNow()), ct);
                db.ChangeTracker.DetectChanges();
                await db.SaveChangesAsync(ct);
                db.ChangeTracker.Clear();
            }

            await transaction.CommitAsync(ct);
        }

        settings.Forget();
        return Outcome.Filled;
    }

    private static async Task<bool> IsUsedAsync(DeskDb db, CancellationToken ct) => await db.Users.AnyAsync(ct) || await db.Set<Ticket>().AnyAsync(ct);

    private async Task WriteAsync(DeskDb db, DemoCompany company, IReadOnlyList<Attachment> attachments, CancellationToken ct)
    {
        var sections = Sections(company).ToList();
        var names = sections.Select(s => s.Name).ToList();
        await db.Set<Setting>().Where(s => names.Contains(s.Name)).ExecuteDeleteAsync(ct);
        await AddAsync(db, [company.Founder, .. sections, .. company.Organizations, .. company.Customers], ct);
        await AddAsync(db, [.. company.Categories.OrderBy(c => c.ParentId is not null), .. company.Fields, .. company.Templates], ct);
        await AddAsync(db, company.Threads.Select(t => t.Ticket), ct);
        await AddAsync(db, company.Threads.SelectMany(t => t.Messages), ct);
        await AddAsync(db, attachments, ct);
        // The history of the whole desk in the order in which it happened: its ids only grow.
        await AddAsync(db, company.Threads.SelectMany(t => t.Events.Select((e, i) => (Event: e, Place: i))).OrderBy(e => e.Event.At)
            .ThenBy(e => e.Event.TicketNumber).ThenBy(e => e.Place).Select(e => e.Event), ct);
        await IndexAsync(db, company, attachments, ct);
        await db.Set<Counter>().Where(c => c.Name == "ticket").ExecuteUpdateAsync(c => c.SetProperty(x => x.Value, company.LastNumber), ct);
    }

    private static IEnumerable<Setting> Sections(DemoCompany company) =>
    [
        Section(company.Business),
        Section(DemoSettled.Promise),
        Section(DemoSettled.Tags),
        Section(new DemoSettings { Active = true }),
        Section(new SetupProgress { Passed = SetupStep.All }),
        new Setting { Name = "Founder", Json = $"\"{company.Founder.Id}\"" },
    ];

    private static Setting Section<T>(T section) => new() { Name = typeof(T).Name, Json = JsonSerializer.Serialize(section, JsonSerializerOptions.Web) };

    private static async Task AddAsync(DeskDb db, IEnumerable<object> rows, CancellationToken ct)
    {
        foreach (var batch in rows.Chunk(Batch))
        {
            db.AddRange(batch);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
    }

    private async Task<IReadOnlyList<Attachment>> KeepFilesAsync(DemoCompany company, CancellationToken ct)
    {
        var kept = new Dictionary<(string, int), (StoredFile File, string MediaType)>();
        var attachments = new List<Attachment>();
        foreach (var (message, file) in company.Threads.SelectMany(t => t.Files))
        {
            if (!kept.TryGetValue((file.Kind, file.Seed), out var stored))
            {
                var (bytes, type) = DemoPicture.Of(file);
                using var content = new MemoryStream(bytes);
                kept[(file.Kind, file.Seed)] = stored = (await files.SaveAsync(content, bytes.Length, ct), type);
            }

            attachments.Add(new Attachment
            {
                Id = new DemoRandom(BitConverter.ToUInt64(message.Id.ToByteArray(), 8) + (ulong)attachments.Count).Id(message.CreatedAt.AddMilliseconds(attachments.Count(a => a.MessageId == message.Id))), // In the order of the mail.
                MessageId = message.Id,
                Name = file.Name,
                MediaType = stored.MediaType,
                Size = stored.File.Size,
                Sha256 = stored.File.Sha256,
                Token = Ids.Token(),
                CreatedAt = message.CreatedAt,
            });
        }

        return attachments;
    }

    private async Task IndexAsync(DeskDb db, DemoCompany company, IReadOnlyList<Attachment> attachments, CancellationToken ct)
    {
        var names = attachments.ToLookup(a => a.MessageId!.Value, a => a.Name);
        foreach (var thread in company.Threads)
        {
            await search.AddAsync(db, thread.Ticket.Id, null, $"{thread.Ticket.Number} {thread.Ticket.Subject}", ct);
            foreach (var message in thread.Messages)
            {
                await search.AddAsync(db, thread.Ticket.Id, message.Id, string.Join(' ', [message.Body, message.AuthorName, message.FromAddress, .. names[message.Id]]), ct);
            }
        }
    }
}
