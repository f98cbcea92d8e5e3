using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Solodesk.Common;

namespace Solodesk.Agents;

/// <summary>Adds, names and removes the passkeys of an agent (W3C WebAuthn, as ASP.NET Core Identity speaks it).</summary>
internal sealed class Passkeys(SignInManager<Agent> signIn, UserManager<Agent> agents, TimeProvider clock)
{
    private const int NameLength = 60;

    /// <summary>What the browser needs to make a passkey for somebody who may not have an account yet. The challenge is kept in a cookie.</summary>
    public Task<string> OptionsForAsync(Guid? agent, string email, string name)
        => signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
        {
            Id = (agent ?? Ids.New(clock)).ToString(),
            Name = email,
            DisplayName = name,
        });

    /// <summary>Checks what the browser made; null when it is not what was asked for.</summary>
    public async Task<(UserPasskeyInfo Passkey, Guid Agent)?> ReadAsync(string credential, string name)
    {
        try
        {
            var made = await signIn.PerformPasskeyAttestationAsync(credential is { Length: > 0 } ? credential : "{}");
            if (made.Succeeded && Guid.TryParse(made.UserEntity.Id, out var agent))
            {
                made.Passkey.Name = name.Length > NameLength ? name[..NameLength] : name;
                return (made.Passkey, agent);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException or FormatException)
        {
            // The cookie of the challenge is gone (too old, or another tab), or the body is no credential.
        }

        return null;
    }

    public async Task<bool> AddAsync(Agent agent, UserPasskeyInfo passkey) => (await agents.AddOrUpdatePasskeyAsync(agent, passkey)).Succeeded;

    public async Task<bool> RemoveAsync(Agent agent, byte[] id) => (await agents.RemovePasskeyAsync(agent, id)).Succeeded;

    public async Task<IReadOnlyList<UserPasskeyInfo>> OfAsync(Agent agent) => [.. (await agents.GetPasskeysAsync(agent)).OrderBy(p => p.CreatedAt)];
}
