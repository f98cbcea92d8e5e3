using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Notifications.Push;

namespace Solodesk.Notifications;

/// <summary>Takes on a browser that wants to be told, and lets it go.</summary>
[UseCase]
internal sealed class SubscribePush(DeskWriter writer, TimeProvider clock)
{
    /// <summary>Browsers of one agent; the ones used least go first.</summary>
    private const int MostBrowsers = 12;

    /// <param name="Endpoint">The address that the browser's push service gave.</param>
    /// <param name="Key">Its <c>p256dh</c>, base64url.</param>
    /// <param name="Secret">Its <c>auth</c>, base64url.</param>
    /// <param name="Browser">What people call it.</param>
    public sealed record Request(string Endpoint, string Key, string Secret, string Browser);

    public async Task<Result<Guid>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (actor is not { Kind: ActorKind.Agent, Id: { } agent })
        {
            return Problem.Forbidden;
        }

        if (request.Endpoint.Length > 2000 || !Uri.TryCreate(request.Endpoint, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.UserInfo.Length > 0
            || Read(request.Key, PushEncryption.PointLength) is not { } key || !IsPoint(key) || Read(request.Secret, PushEncryption.SecretLength) is not { } secret)
        {
            return new Problem("push.subscription");
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.Endpoint)));
        return await writer.RunAsync<Guid>(async db =>
        {
            var known = await db.Set<PushSubscription>().SingleOrDefaultAsync(s => s.EndpointHash == hash, ct);
            known ??= db.Add(new PushSubscription { Id = Ids.New(clock), Endpoint = request.Endpoint, EndpointHash = hash, Key = key, Secret = secret, Name = "", CreatedAt = clock.GetUtcNow() }).Entity;
            // One browser, several people: who subscribed last is told.
            (known.AgentId, known.Key, known.Secret, known.Name) = (agent, key, secret, request.Browser.Length > 120 ? request.Browser[..120] : request.Browser);
            foreach (var old in await db.Set<PushSubscription>().Where(s => s.AgentId == agent && s.Id != known.Id).OrderByDescending(s => s.UsedAt ?? s.CreatedAt).Skip(MostBrowsers - 1).ToListAsync(ct))
            {
                db.Remove(old);
            }

            return known.Id;
        }, ct);
    }

    public async Task<Result<Done>> RemoveAsync(Actor actor, Guid id, CancellationToken ct)
        => await writer.RunAsync<Done>(async db => await db.Set<PushSubscription>().Where(s => s.Id == id && s.AgentId == actor.Id).ExecuteDeleteAsync(ct) == 0 ? Problem.NotFound("push") : Done.It, ct);

    private static byte[]? Read(string text, int length)
    {
        var trimmed = text.TrimEnd('=');
        return Base64Url.IsValid(trimmed) && Base64Url.DecodeFromChars(trimmed) is { } bytes && bytes.Length == length ? bytes : null;
    }

    private static bool IsPoint(byte[] key)
    {
        try
        {
            using var point = ECDiffieHellman.Create(PushEncryption.Parameters(key));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
