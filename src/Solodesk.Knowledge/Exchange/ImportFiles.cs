using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;
using Solodesk.Tickets;

namespace Solodesk.Knowledge.Exchange;

/// <summary>Puts the files that came with imported articles into the file store, and finds them again when they come twice.</summary>
[UseCase]
internal sealed class ImportFiles(IFileStore store, Settings settings, TimeProvider clock)
{
    /// <summary>The bytes of every file, stored before anything is written: a transaction must not wait for a disk. Those that are too large are not in it.</summary>
    public async Task<Dictionary<ExchangeFile, StoredFile>> StoreAsync(IReadOnlyList<ReadImport.Piece> pieces, CancellationToken ct)
    {
        var largest = (await settings.ReadAsync<FileLimits>(ct)).MaxFileBytes;
        var stored = new Dictionary<ExchangeFile, StoredFile>(ReferenceEqualityComparer.Instance);
        foreach (var file in pieces.SelectMany(p => p.Files))
        {
            if (file.Bytes.Length <= largest)
            {
                using var content = new MemoryStream(file.Bytes);
                stored[file] = await store.SaveAsync(content, largest, ct);
            }
        }

        return stored;
    }

    /// <summary>The texts of the piece, leading to the files as they are kept here; the article holds those that are new.</summary>
    public async Task<ReadImport.Piece> AttachAsync(DeskDb db, Guid article, ReadImport.Piece piece, IReadOnlyDictionary<ExchangeFile, StoredFile> stored, CancellationToken ct)
    {
        foreach (var file in piece.Files)
        {
            if (!stored.TryGetValue(file, out var bytes))
            {
                continue;
            }

            var name = Conversation.Shorten(file.Name, 200);
            var kept = db.Set<Attachment>().Local.FirstOrDefault(Same) ?? await db.Set<Attachment>().FirstOrDefaultAsync(a => a.Token == file.Token && a.Sha256 == bytes.Sha256, ct)
                ?? await db.Set<Attachment>().FirstOrDefaultAsync(a => a.HolderId == article && a.Sha256 == bytes.Sha256 && a.Name == name, ct);
            if (kept is null)
            {
                var taken = file.Token is null || await db.Set<Attachment>().AnyAsync(a => a.Token == file.Token, ct);
                kept = new Attachment
                {
                    Id = Ids.New(clock),
                    HolderId = article,
                    Name = name,
                    MediaType = Conversation.Shorten(file.MediaType, 200),
                    Size = bytes.Size,
                    Sha256 = bytes.Sha256,
                    Token = taken ? Ids.Token() : file.Token!,
                    CreatedAt = clock.GetUtcNow(),
                };
                db.Add(kept);
            }
            else if (kept.MessageId is null && kept.HolderId is null)
            {
                kept.HolderId = article;
            }

            var address = file.Token is null ? $"](/files/{kept.Token}/{Uri.EscapeDataString(kept.Name)}" : $"/files/{kept.Token}";
            piece = piece with
            {
                Body = piece.Body.Replace(file.Link, address, StringComparison.Ordinal),
                Facts = piece.Facts with { PublicBody = piece.Facts.PublicBody?.Replace(file.Link, address, StringComparison.Ordinal) },
            };

            bool Same(Attachment a) => a.Sha256 == bytes.Sha256 && (file.Token is not null ? a.Token == file.Token : a.HolderId == article && a.Name == name);
        }

        return piece;
    }
}
