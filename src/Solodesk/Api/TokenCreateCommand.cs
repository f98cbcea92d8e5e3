using Microsoft.Extensions.DependencyInjection;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Setup;
using Solodesk.Ui;

namespace Solodesk.Api;

/// <summary><c>solodesk token create --name N --scopes "tickets:read tickets:write"</c>: prints the secret, once.</summary>
internal sealed class TokenCreateCommand : ICommand
{
    public string Name => "token create";

    public string Arguments => "--name NAME --scopes SCOPES [--data DIR]";

    public string Summary => $"Makes an API token and prints its secret, once. SCOPES are separated by commas: {string.Join(", ", Scopes.All)}.";

    public async Task<int> RunAsync(IServiceProvider services, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var options = CommandOptions.Parse(arguments);
        var scopes = (options["scopes"] ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var created = await services.GetRequiredService<CreateToken>().RunAsync(Actor.System, new(options["name"] ?? "", scopes), ct);
        if (!created.Ok)
        {
            await Console.Error.WriteLineAsync($"solodesk: {services.GetRequiredService<Phrases>().Of(created.Problem)}");
            return 2;
        }

        await Console.Out.WriteLineAsync(created.Value.Secret);
        return 0;
    }
}
