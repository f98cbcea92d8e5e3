using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Common;

namespace Solodesk.Setup;

/// <summary>Reads the command line: <c>solodesk [serve] [--data DIR] [--urls URL] [--demo]</c>, or one of the commands of the shelf.</summary>
public sealed class CommandLine
{
    private readonly IReadOnlyList<string> _words;

    private CommandLine(IReadOnlyList<string> words, IReadOnlyList<string> host, string? data, bool help)
    {
        _words = words;
        HostArguments = [.. host];
        Data = data;
        Help = help;
    }

    /// <summary>What is left for the host's configuration: <c>--urls</c> and any other <c>--Key value</c>.</summary>
    public string[] HostArguments { get; }

    public string? Data { get; }

    private bool Help { get; }

    private bool Serves => _words.Count == 0 || _words[0] == "serve";

    public static CommandLine Parse(string[] args)
    {
        List<string> words = [], host = [];
        string? data = null;
        var help = false;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--help" or "-h" or "help":
                    help = true;
                    break;
                case "--":
                    break; // "dotnet run" wants it; who types it after the program means the same.
                case "--data" when i + 1 < args.Length:
                    data = args[++i];
                    break;
                case "--demo":
                    host.AddRange(["--Demo", "true"]);
                    break;
                case ['-', '-', ..] option when words.Count == 0 || words[0] == "serve":
                    host.Add(option);
                    if (i + 1 < args.Length && !option.Contains('=', StringComparison.Ordinal) && !args[i + 1].StartsWith("--", StringComparison.Ordinal))
                    {
                        host.Add(args[++i]);
                    }

                    break;
                default:
                    words.Add(args[i]);
                    break;
            }
        }

        return new CommandLine(words, host, data, help);
    }

    /// <summary>Serves until stopped, or runs the command and gives back its exit code.</summary>
    public async Task<int> RunAsync(WebApplication app)
    {
        var commands = app.Services.GetServices<ICommand>().OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
        if (Help)
        {
            await Console.Out.WriteLineAsync(HelpText.For(commands));
            return 0;
        }

        if (Serves)
        {
            await DeskStart.RunAsync(app);
            return 0;
        }

        var spoken = string.Join(' ', _words);
        var command = commands.Where(c => spoken == c.Name || spoken.StartsWith(c.Name + " ", StringComparison.Ordinal)).MaxBy(c => c.Name.Length);
        if (command is null)
        {
            await Console.Error.WriteLineAsync($"solodesk: unknown command “{spoken}”. solodesk --help lists them.");
            return 2;
        }

        var parts = command.Name.Split(' ').Length;
        await DeskStart.PrepareAsync(app.Services, CancellationToken.None);
        return await command.RunAsync(app.Services, [.. _words.Skip(parts)], CancellationToken.None);
    }
}
