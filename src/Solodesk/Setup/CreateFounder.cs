using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Setup;

/// <summary>Makes the first agent, the owner. There is only ever one first: of two visitors at the same moment one is refused.</summary>
[UseCase]
public sealed class CreateFounder(UserManager<Agent> agents, DeskDb db, IDatabase database, Settings settings, TimeProvider clock)
{
    private const string Claim = "Founder";

    /// <param name="Name">How customers and the history name them.</param>
    /// <param name="Email">Signs in with it.</param>
    /// <param name="Password">Null when a passkey was made.</param>
    /// <param name="Language">Of the interface.</param>
    public sealed record Request(string Name, string Email, string? Password, string Language)
    {
        /// <summary>A passkey that was checked already, and the id that it was made for.</summary>
        public (UserPasskeyInfo Passkey, Guid Agent)? Passkey { get; init; }
    }

    public async Task<Result<Agent>> RunAsync(Request request, CancellationToken ct)
    {
        if (AgentWords.Check(request.Name, request.Email) is { } problem)
        {
            return problem;
        }

        if (request.Passkey is null && await PasswordProblemAsync(request.Password ?? "") is { } weak)
        {
            return weak;
        }

        var made = await MakeAsync(request, ct);
        if (made.Ok)
        {
            // Whoever passes over the steps that follow still has a desk that speaks their language.
            await settings.SaveAsync((await settings.ReadAsync<BusinessSettings>(ct)).In(request.Language), ct);
        }

        return made;
    }

    private async Task<Result<Agent>> MakeAsync(Request request, CancellationToken ct)
    {
        using (await database.EnterWriteAsync(ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (await db.Users.AnyAsync(ct))
            {
                return new Problem("setup.taken");
            }

            var agent = new Agent
            {
                Id = request.Passkey?.Agent ?? Ids.New(clock),
                Name = request.Name.Trim(),
                UserName = request.Email.Trim(),
                Email = request.Email.Trim(),
                Role = Role.Owner,
                Language = request.Language,
                LockoutEnabled = true,
                CreatedAt = clock.GetUtcNow(),
            };
            try
            {
                // The primary key decides between two nodes that found the table empty.
                db.Add(new Setting { Name = Claim, Json = $"\"{agent.Id}\"" });
                var made = request.Passkey is null ? await agents.CreateAsync(agent, request.Password!) : await agents.CreateAsync(agent);
                if (!made.Succeeded || (request.Passkey is { } key && !(await agents.AddOrUpdatePasskeyAsync(agent, key.Passkey)).Succeeded))
                {
                    return new Problem("agent.email_invalid") { Field = "email" };
                }

                await transaction.CommitAsync(ct);
            }
            catch (DbUpdateException e) when (database.IsDuplicate(e))
            {
                return new Problem("setup.taken");
            }

            return agent;
        }
    }

    private async Task<Problem?> PasswordProblemAsync(string password)
    {
        var nobody = new Agent { Name = "" };
        foreach (var validator in agents.PasswordValidators)
        {
            if (!(await validator.ValidateAsync(agents, nobody, password)).Succeeded)
            {
                return new Problem("agent.password_short", agents.Options.Password.RequiredLength) { Field = "password" };
            }
        }

        return null;
    }
}
