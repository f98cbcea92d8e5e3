using System.Globalization;

namespace Solodesk.Bench;

/// <summary>What to measure, and where its things lie.</summary>
/// <param name="Sizes">How many tickets the desks hold.</param>
/// <param name="Databases"><c>sqlite</c>, <c>postgres</c>.</param>
/// <param name="Quick">Fewer requests and one round: for trying the tool out.</param>
/// <param name="Folder">Holds the seeded desks, which later runs use again, and the copies that are measured.</param>
/// <param name="Postgres">Connection string of a server where databases may be made.</param>
/// <param name="Server">A published server; null publishes it first.</param>
/// <param name="Only">Measures whose names hold these words; null takes all.</param>
internal sealed record BenchOptions(IReadOnlyList<int> Sizes, IReadOnlyList<string> Databases, bool Quick, string Folder, string Postgres, string? Server, string? Only)
{
    public const string Usage = """
        dotnet run -c Release --project bench/Solodesk.Bench -- [options]
          --tickets N[,N…]                  sizes of the desks (10000,100000)
          --database sqlite|postgres|both   (sqlite)
          --quick                           fewer requests, one round
          --only WORDS                      only measures whose names hold these words
          --folder DIR                      seeded desks (artifacts/bench)
          --postgres "Host=…"               a PostgreSQL server where databases may be made
          --server DIR                      a published server; without it one is published
        """;

    public int Rounds => Quick ? 1 : 3;

    public static BenchOptions? Parse(string[] args)
    {
        string? Text(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        if (args.Contains("--help"))
        {
            return null;
        }

        var sizes = (Text("--tickets") ?? "10000,100000").Split(',').Select(s => int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0).ToList();
        IReadOnlyList<string> databases = Text("--database") switch
        {
            null or "sqlite" => ["sqlite"],
            "postgres" => ["postgres"],
            "both" => ["sqlite", "postgres"],
            _ => [],
        };
        // Below this the open queues would not fit.
        return databases.Count == 0 || sizes.Any(s => s < 2000) ? null
            : new BenchOptions(sizes, databases, args.Contains("--quick"),
                Path.GetFullPath(Text("--folder") ?? Path.Combine("artifacts", "bench")),
                Text("--postgres") ?? "Host=127.0.0.1;Username=postgres",
                Text("--server"),
                Text("--only"));
    }
}
