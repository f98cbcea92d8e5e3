using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Solodesk.Data;

namespace Solodesk.Agents;

/// <summary>Identity's store, with the secret of the one-time codes and the recovery codes encrypted at rest.</summary>
internal sealed class AgentStore(DeskDb db, IDataProtectionProvider protection, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<Agent, DeskDb, Guid>(db, describer)
{
    private readonly IDataProtector _protector = protection.CreateProtector("agent.tokens");

    public override Task SetTokenAsync(Agent user, string loginProvider, string name, string? value, CancellationToken cancellationToken)
        => base.SetTokenAsync(user, loginProvider, name, value is null ? null : _protector.Protect(value), cancellationToken);

    public override async Task<string?> GetTokenAsync(Agent user, string loginProvider, string name, CancellationToken cancellationToken)
        => await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } value ? _protector.Unprotect(value) : null;
}
