using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Agents;

/// <summary>What somebody must show before a way in is added to their account.</summary>
public enum Proof { None, Password, NewSignIn }

/// <summary>
/// Whether the person at a browser has shown lately who they are. A browser that was left open for days is no proof: whoever sits
/// down at it must not be able to give themselves a way in of their own.
/// </summary>
internal sealed class RecentSignIn(IDbContextFactory<DeskDb> dbs, UserManager<Agent> agents, TimeProvider clock)
{
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(15);

    public async Task<Proof> NeededAsync(HttpContext context, Agent agent)
    {
        // Not signed in by the desk's own cookie: there is no browser that was left open.
        if (AccountEndpoints.Session(context) is not { } id)
        {
            return Proof.None;
        }

        var since = clock.GetUtcNow() - Lately;
        await using var db = await dbs.CreateDbContextAsync(context.RequestAborted);
        return await db.Set<AgentSession>().AnyAsync(s => s.Id == id && s.CreatedAt >= since, context.RequestAborted) ? Proof.None
            : await agents.HasPasswordAsync(agent) ? Proof.Password : Proof.NewSignIn;
    }

    /// <summary>Null when it is them; otherwise what is missing. The password is the form's <c>current</c>.</summary>
    public async Task<Problem?> CheckAsync(HttpContext context, Agent agent, IFormCollection form) => await NeededAsync(context, agent) switch
    {
        Proof.None => null,
        Proof.Password => await agents.CheckPasswordAsync(agent, form["current"].ToString()) ? null : new Problem("account.password_wrong") { Field = "current" },
        _ => new Problem("account.sign_in_again"),
    };
}
