using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Writing;

/// <summary>The files of something that is sent: uploads that wait, and files of earlier messages, which go along as rows of their own.</summary>
internal static class OutgoingFiles
{
    public static async Task<IReadOnlyList<Attachment>> TakeAsync(DeskDb db, IReadOnlyList<Guid> ids, TimeProvider clock, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var wanted = ids.Distinct().ToList();
        var found = await db.Set<Attachment>().Where(a => wanted.Contains(a.Id)).ToListAsync(ct);
        return [.. wanted.Select(id => found.Find(a => a.Id == id)).OfType<Attachment>().Select(a => a.MessageId is null ? a : Copy(a, clock))];
    }

    /// <summary>Images that stand in the text go along inside it.</summary>
    public static void MarkInline(IReadOnlyList<Attachment> files, string markdown)
    {
        foreach (var file in files.Where(f => f.MediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) && markdown.Contains($"/files/{f.Token}/", StringComparison.Ordinal)))
        {
            file.Inline = true;
            file.ContentId ??= $"{file.Token}@desk";
        }
    }

    /// <summary>The same bytes under a row and an address of their own.</summary>
    public static Attachment Copy(Attachment file, TimeProvider clock) => new()
    {
        Id = Ids.New(clock),
        Name = file.Name,
        MediaType = file.MediaType,
        Size = file.Size,
        Sha256 = file.Sha256,
        ContentId = file.ContentId,
        Inline = false,
        Token = Ids.Token(),
        CreatedAt = clock.GetUtcNow(),
    };
}
