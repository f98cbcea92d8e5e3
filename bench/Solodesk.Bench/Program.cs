using Solodesk.Bench;
using Solodesk.Bench.Databases;
using Solodesk.Bench.Measuring;

if (BenchOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(BenchOptions.Usage);
    return 2;
}

var ct = CancellationToken.None;
Directory.CreateDirectory(options.Folder);
var server = options.Server ?? await Machine.PublishAsync(options.Folder, ct);
var before = Machine.Load();
var stores = options.Databases.Select(IDeskStore (d) => d == "sqlite" ? new SqliteStore(options.Folder) : new PostgresStore(options.Folder, options.Postgres)).ToList();
var databases = new List<string>();
var desks = new List<DeskFigures>();
foreach (var store in stores)
{
    databases.Add(await store.DescribeAsync(ct));
    foreach (var tickets in options.Sizes)
    {
        Report.Say($"{store.Name}: {tickets:N0} tickets");
        desks.Add(await new DeskMeasurement(store, server, options).RunAsync(tickets, ct));
    }
}

var load = before is null ? "" : $" Load average {before} at the start, {Machine.Load()} at the end.";
await Console.Out.WriteLineAsync(Report.Write(Machine.Describe(databases) + load, desks));
return 0;
