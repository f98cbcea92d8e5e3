namespace Solodesk.Eval;

/// <summary>The command line: a command and its files.</summary>
internal sealed class Options
{
    internal const string Usage =
        """
        Solodesk.Eval retrieval --documents D.csv --queries Q.csv --relevance R.csv
        Solodesk.Eval pairs     --train A.csv [--train …] --test B.csv
        Solodesk.Eval handover  --train A.csv [--train …] --test C.csv
        Solodesk.Eval groups    --asked Q.csv | --pairs P.csv
        Solodesk.Eval speed     --documents D.csv --queries Q.csv [--entries 10000]
        Solodesk.Eval calibrate [--documents D.csv --queries Q.csv --relevance R.csv]… [--pairs P.csv]… [--intents T.csv --asked C.csv]…
        """;

    private readonly Dictionary<string, List<string>> _files = new(StringComparer.Ordinal);

    internal required string Command { get; init; }

    internal static Options Parse(string[] args)
    {
        if (args.Length == 0)
        {
            throw new UsageException("Which command?");
        }

        var options = new Options { Command = args[0] };
        for (var i = 1; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new UsageException($"'{args[i]}' is not an option.");
            }

            var (name, value) = args[i].Split('=', 2) is [var n, var v] ? (n, v)
                : i + 1 < args.Length ? (args[i], args[++i])
                : throw new UsageException($"{args[i]} needs a file.");
            if (!options._files.TryGetValue(name, out var list))
            {
                options._files.Add(name, list = []);
            }

            list.Add(value);
        }

        return options;
    }

    internal string One(string name) => All(name) is [var file] ? file : throw new UsageException($"{name} is given more than once.");

    internal IReadOnlyList<string> All(string name) =>
        _files.GetValueOrDefault(name) ?? throw new UsageException($"{Command} needs {name}.");

    internal IReadOnlyList<string> Any(string name) => _files.GetValueOrDefault(name) ?? [];

    internal string? Optional(string name) => _files.GetValueOrDefault(name)?[^1];
}

/// <summary>The command line or a file is not as it should be; the message says how.</summary>
internal sealed class UsageException(string message) : Exception(message);
