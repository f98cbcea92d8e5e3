using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Solodesk.Common;

namespace Solodesk.Agents;

/// <summary>Turns one-time codes on for the agent who is signed in, once they have shown a right one; gives back the recovery codes.</summary>
[UseCase]
internal sealed class TurnOnTwoStep(UserManager<Agent> agents, AuditLog audit)
{
    public async Task<Result<IReadOnlyList<string>>> RunAsync(HttpContext context, string typed)
    {
        if (await agents.GetUserAsync(context.User) is not { } agent)
        {
            return Problem.Forbidden;
        }

        var code = new string([.. typed.Where(char.IsAsciiDigit)]);
        if (!await agents.VerifyTwoFactorTokenAsync(agent, TokenOptions.DefaultAuthenticatorProvider, code))
        {
            return new Problem("account.code_wrong") { Field = "code" };
        }

        await agents.SetTwoFactorEnabledAsync(agent, true);
        await audit.WriteAsync("twostep.on", agent.ToActor(), "", context, context.RequestAborted);
        return await NewCodesAsync(agent);
    }

    /// <summary>New recovery codes; the old ones are void.</summary>
    public async Task<Result<IReadOnlyList<string>>> NewCodesAsync(Agent agent)
        => (await agents.GenerateNewTwoFactorRecoveryCodesAsync(agent, RecoveryCodes.Count) ?? []).ToList();
}
