using Solodesk.Channels.Email.Intake;
using Solodesk.Common;
using Solodesk.Mail.Reading;

namespace Solodesk.Channels.Email;

/// <summary><c>solodesk mail parse FILE…</c>: what the desk makes of a mail, one line of JSON for each file.</summary>
internal sealed class MailParseCommand : ICommand
{
    public string Name => "mail parse";

    public string Arguments => "FILE…";

    public string Summary => "Prints what the desk reads in each raw mail, one line of JSON for each file (- reads standard input).";

    public async Task<int> RunAsync(IServiceProvider services, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        if (arguments.Count == 0)
        {
            await Console.Error.WriteLineAsync("solodesk: mail parse needs at least one file");
            return 2;
        }

        var failed = false;
        await using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        foreach (var file in arguments)
        {
            try
            {
                await using var raw = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
                using var mail = await MailReader.ReadAsync(raw, null, ct);
                MailReport.WriteJsonLine(output, file, mail, LetterBodies.Reply);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"solodesk: {file}: {e.Message}");
                failed = true;
            }
        }

        return failed ? 1 : 0;
    }
}
