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

        await using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        return await WriteAsync(arguments, output, Console.Error, ct);
    }

    /// <summary>A file that cannot be read is named with its reason, and the others are still read; the answer is then 1.</summary>
    internal static async Task<int> WriteAsync(IReadOnlyList<string> files, Stream output, TextWriter problems, CancellationToken ct)
    {
        var failed = false;
        foreach (var file in files)
        {
            try
            {
                await using var raw = file == "-" ? Console.OpenStandardInput() : Open(file);
                using var mail = await MailReader.ReadAsync(raw, null, ct);
                MailReport.WriteJsonLine(output, file, mail, LetterBodies.Reply);
                // What was found is there even when a later file takes long or the pipe is closed.
                await output.FlushAsync(ct);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                await problems.WriteLineAsync($"solodesk: {file}: {e.Message}");
                failed = true;
            }
        }

        return failed ? 1 : 0;
    }

    private static FileStream Open(string file)
        => Directory.Exists(file) ? throw new IOException("This is a folder; name the files in it.")
            : File.Exists(file) ? File.OpenRead(file) : throw new FileNotFoundException("There is no such file.");
}
