using System.Globalization;

namespace Solodesk.Chat.Bench;

/// <summary>What to measure.</summary>
/// <param name="Server">A published server.</param>
/// <param name="Visitors">Open widgets.</param>
/// <param name="Rate">Messages a second.</param>
/// <param name="Talkers">How many of the visitors talk; each has the page open twice, and hears in the second what it says in the first.</param>
internal sealed record Options(string Server, int Visitors, int Rate, int Talkers, TimeSpan Length)
{
    public const string Usage = """
        dotnet publish src/Solodesk.Server -c Release -o artifacts/bench/server
        dotnet run -c Release --project bench/Solodesk.Chat.Bench -- --server artifacts/bench/server [options]
          --visitors N   open widgets (5000)
          --rate N       messages a second (200)
          --talkers N    visitors who talk (400)
          --seconds N    how long (60)
        """;

    public static Options? Parse(string[] args)
    {
        string? Text(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        int Number(string name, int otherwise) => int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : otherwise;
        return Text("--server") is not { } server ? null
            : new Options(Path.GetFullPath(server), Number("--visitors", 5000), Number("--rate", 200), Number("--talkers", 400), TimeSpan.FromSeconds(Number("--seconds", 60)));
    }
}
