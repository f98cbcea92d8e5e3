using System.Text.Encodings.Web;
using System.Text.Json;
using Solodesk.Eval;

// One JSON object on standard output and nothing else; what goes wrong is said on standard error, with exit code 2.
try
{
    var options = Options.Parse(args);
    var result = options.Command switch
    {
        "retrieval" => Retrieval.Run(options),
        "pairs" => Pairs.Run(options),
        "handover" => Handover.Run(options),
        "calibrate" => Calibrate.Run(options),
        "groups" => Groups.Run(options),
        "speed" => Speed.Run(options),
        _ => throw new UsageException($"Unknown command '{options.Command}'."),
    };
    Console.Out.WriteLine(JsonSerializer.Serialize(result, new JsonSerializerOptions
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    }));
    return 0;
}
catch (Exception e) when (e is UsageException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(e.Message);
    await Console.Error.WriteLineAsync(Options.Usage);
    return 2;
}
