namespace Solodesk.Setup;

/// <summary>The arguments of one command: <c>--name value</c> or <c>--name=value</c> pairs, and the words that stand alone.</summary>
public sealed class CommandOptions
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];

    private CommandOptions()
    {
    }

    public IReadOnlyList<string> Words => _words;

    public string? this[string name] => _options.GetValueOrDefault(name);

    public static CommandOptions Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new CommandOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                parsed._words.Add(arguments[i]);
                continue;
            }

            var option = arguments[i][2..];
            var equals = option.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0)
            {
                parsed._options[option[..equals]] = option[(equals + 1)..];
            }
            else
            {
                parsed._options[option] = i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal) ? arguments[++i] : "";
            }
        }

        return parsed;
    }
}
