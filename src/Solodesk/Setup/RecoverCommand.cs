using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Ui;

namespace Solodesk.Setup;

/// <summary>
/// <c>solodesk agent recover --email ADDRESS</c>: the way back for a founder who has lost password and devices. Whoever can run it can read
/// the data anyway.
/// </summary>
internal sealed class RecoverCommand : ICommand
{
    public string Name => "agent recover";

    public string Arguments => "--email ADDRESS [--data DIR]";

    public string Summary => "Ends every way in of a person who is locked out, and prints a link that works once, for a new one.";

    public async Task<int> RunAsync(IServiceProvider services, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var given = scope.ServiceProvider;
        var email = CommandOptions.Parse(arguments)["email"] ?? "";
        var recovered = await given.GetRequiredService<UserManager<Agent>>().FindByEmailAsync(email) is { } agent
            ? await given.GetRequiredService<InviteAgent>().AgainAsync(Actor.System, agent.Id, null, ct)
            : new Problem("agent.nobody", email);
        if (!recovered.Ok)
        {
            await Console.Error.WriteLineAsync($"solodesk: {given.GetRequiredService<Phrases>().Of(recovered.Problem)}");
            return 2;
        }

        await given.GetRequiredService<Sessions>().EndOthersAsync(recovered.Value.Agent.Id, null, ct);
        var business = await given.GetRequiredService<Settings>().ReadAsync<BusinessSettings>(ct);
        await Console.Out.WriteLineAsync($"{(business.PublicUrl.Length > 0 ? business.PublicUrl.TrimEnd('/') : "http://localhost:5080")}{recovered.Value.Path}");
        return 0;
    }
}
