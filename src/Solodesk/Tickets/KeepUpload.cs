using Microsoft.AspNetCore.Http;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;

namespace Solodesk.Tickets;

/// <summary>Keeps a file that somebody hands in, until the message that it belongs to is sent.</summary>
[UseCase]
public sealed class KeepUpload(IFileStore files, DeskWriter writer, Settings settings, TimeProvider clock)
{
    public async Task<Result<Attachment>> RunAsync(Actor actor, IFormFile file, CancellationToken ct)
    {
        await using var content = file.OpenReadStream();
        return await RunAsync(actor, file.FileName, file.ContentType, content, ct);
    }

    /// <summary>The same for a file that is still coming in.</summary>
    public async Task<Result<Attachment>> RunAsync(Actor actor, string name, string? mediaType, Stream content, CancellationToken ct)
    {
        if (!actor.CanWork && actor.Kind != ActorKind.Customer)
        {
            return Problem.Forbidden;
        }

        var limits = await settings.ReadAsync<FileLimits>(ct);
        StoredFile stored;
        try
        {
            stored = await files.SaveAsync(content, limits.MaxFileBytes, ct);
        }
        catch (FileTooLargeException e)
        {
            return FileLimits.TooLarge(e.Limit);
        }

        var attachment = new Attachment
        {
            Id = Ids.New(clock),
            Name = NameOf(name),
            MediaType = string.IsNullOrWhiteSpace(mediaType) ? "application/octet-stream" : Conversation.Shorten(mediaType, 200),
            Size = stored.Size,
            Sha256 = stored.Sha256,
            Token = Ids.Token(),
            CreatedAt = clock.GetUtcNow(),
        };
        return await writer.RunAsync<Attachment>(db =>
        {
            db.Add(attachment);
            return Task.FromResult<Result<Attachment>>(attachment);
        }, ct);
    }

    // Some browsers send the whole path.
    private static string NameOf(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        return last.Length == 0 ? "file" : Conversation.Shorten(last, 200);
    }
}
