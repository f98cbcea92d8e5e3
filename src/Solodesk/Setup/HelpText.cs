using System.Text;
using Solodesk.Common;

namespace Solodesk.Setup;

/// <summary>What <c>solodesk --help</c> prints.</summary>
internal static class HelpText
{
    public static string For(IReadOnlyList<ICommand> commands)
    {
        var text = new StringBuilder("""
            solodesk: the customer-support desk of a company of one

            solodesk [serve] [--data DIR] [--urls http://HOST:PORT] [--demo]
                Runs the desk. DIR holds the database, the files and the keys (default: data).
                --demo fills an empty desk with a year of a made-up company and signs the visitor in, on this machine only.
            """).AppendLine();
        foreach (var command in commands)
        {
            text.AppendLine().Append("solodesk ").Append(command.Name).Append(' ').AppendLine(command.Arguments)
                .Append("    ").AppendLine(command.Summary);
        }

        return text.AppendLine().Append("Settings come from appsettings.json, the environment (Database__Provider=postgres, Database__Connection=…) or --Key value.").ToString();
    }
}
