using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Solodesk.Common;
using Solodesk.Ui;

namespace Solodesk.Agents;

/// <summary>Makes an account for another person, without a password: they choose their way in behind a one-time link.</summary>
[UseCase]
internal sealed class InviteAgent(UserManager<Agent> agents, AgentInvite invite, AuditLog audit, TimeProvider clock)
{
    public sealed record Request(string Name, string Email, Role Role, string Language);

    /// <param name="Agent">Who was invited.</param>
    /// <param name="Path">The link's path; shown once, and made anew on demand.</param>
    public sealed record Invited(Agent Agent, string Path);

    public async Task<Result<Invited>> RunAsync(Actor actor, Request request, HttpContext? context, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        if (AgentWords.Check(request.Name, request.Email) is { } problem)
        {
            return problem;
        }

        if (request.Role is Role.None)
        {
            return new Problem("agent.role_missing") { Field = "role" };
        }

        var agent = new Agent
        {
            Id = Ids.New(clock),
            Name = request.Name.Trim(),
            UserName = request.Email.Trim(),
            Email = request.Email.Trim(),
            Role = request.Role,
            Language = Phrases.Known(request.Language),
            LockoutEnabled = true,
            CreatedAt = clock.GetUtcNow(),
        };
        if (!(await agents.CreateAsync(agent)).Succeeded)
        {
            return new Problem("agent.email_invalid") { Field = "email" };
        }

        await audit.WriteAsync("agent.invited", actor, $"{agent.Name} <{agent.Email}>", context, ct);
        return new Invited(agent, PathOf(agent));
    }

    /// <summary>A new link for somebody who cannot get in: never was in, or lost every device. Their old ways in stop working.</summary>
    public async Task<Result<Invited>> AgainAsync(Actor actor, Guid id, HttpContext? context, CancellationToken ct)
    {
        if (!actor.CanAdminister || actor.Id == id)
        {
            return Problem.Forbidden;
        }

        if (await agents.FindByIdAsync(id.ToString()) is not { } agent)
        {
            return Problem.NotFound("agent");
        }

        if (await agents.HasPasswordAsync(agent))
        {
            await agents.RemovePasswordAsync(agent);
        }

        foreach (var passkey in await agents.GetPasskeysAsync(agent))
        {
            await agents.RemovePasskeyAsync(agent, passkey.CredentialId);
        }

        await agents.SetTwoFactorEnabledAsync(agent, false);
        await agents.SetLockoutEndDateAsync(agent, null);
        // The stamp in the link must be the last one.
        await agents.UpdateSecurityStampAsync(agent);
        await audit.WriteAsync("agent.reset", actor, $"{agent.Name} <{agent.Email}>", context, ct);
        return new Invited(agent, PathOf(agent));
    }

    private string PathOf(Agent agent) => $"/welcome?token={Uri.EscapeDataString(invite.TokenFor(agent))}";
}
