using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Solodesk.Agents;

/// <summary>
/// The one-time link of an invitation: the agent's id, sealed and good for a week. It works as long as the agent has neither password nor
/// passkey, so that using it once uses it up.
/// </summary>
internal sealed class AgentInvite(IDataProtectionProvider protection)
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(7);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("agent.invite").ToTimeLimitedDataProtector();

    public string TokenFor(Agent agent) => _protector.Protect(JsonSerializer.Serialize(new Sealed(agent.Id, agent.SecurityStamp ?? "")), GoodFor);

    /// <summary>The agent that a token was made for and the stamp they had then; null when it is not ours or too old.</summary>
    public (Guid Agent, string Stamp)? Read(string token)
    {
        try
        {
            return JsonSerializer.Deserialize<Sealed>(_protector.Unprotect(token)) is { } seal ? (seal.Agent, seal.Stamp) : null;
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private sealed record Sealed(Guid Agent, string Stamp);
}
