using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Agents;

/// <summary>Makes an API token and shows its secret this once.</summary>
[UseCase]
public sealed class CreateToken(DeskWriter writer, TimeProvider clock)
{
    public sealed record Request(string Name, IReadOnlyList<string> Scopes);

    /// <param name="Id">The token's id.</param>
    /// <param name="Secret">What programs send; it cannot be shown again.</param>
    public sealed record Created(Guid Id, string Secret);

    public async Task<Result<Created>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        var name = request.Name.Trim();
        if (name.Length is 0 or > 120)
        {
            return new Problem("token.name_invalid") { Field = "name" };
        }

        var scopes = request.Scopes.Select(s => s.Trim()).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (scopes.Count == 0)
        {
            return new Problem("token.scopes_empty") { Field = "scopes" };
        }

        if (scopes.FirstOrDefault(s => !Scopes.All.Contains(s)) is { } unknown)
        {
            return new Problem("token.scope_unknown", unknown, string.Join(", ", Scopes.All)) { Field = "scopes" };
        }

        var secret = TokenSecret.Create();
        return await writer.RunAsync<Created>(db =>
        {
            var now = clock.GetUtcNow();
            var token = new ApiToken
            {
                Id = Ids.New(clock),
                Name = name,
                Hash = TokenSecret.Hash(secret),
                Prefix = TokenSecret.Prefix(secret),
                Scopes = scopes,
                CreatedAt = now,
            };
            db.Add(token);
            db.Add(AuditEntry.Of(actor, now, "token.created", $"{name} · {string.Join(' ', scopes)}"));
            return Task.FromResult<Result<Created>>(new Created(token.Id, secret));
        }, ct);
    }
}
