using Solodesk;
using Solodesk.Files;
using Solodesk.Postgres;
using Solodesk.Setup;
using Solodesk.Sqlite;

var line = CommandLine.Parse(args);
var data = "data";
try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = line.HostArguments, ContentRootPath = AppContext.BaseDirectory });
    builder.WebHost.UseStaticWebAssets();
    builder.WebHost.ConfigureKestrel(o => o.AddServerHeader = false);

    data = Path.GetFullPath(line.Data ?? builder.Configuration["Data"] ?? data);
    var folders = new DeskFolders(data);
    Directory.CreateDirectory(folders.Data);
    _ = builder.Configuration["Database:Provider"] switch
    {
        "postgres" => builder.Services.AddDeskPostgres(builder.Configuration["Database:Connection"]
            ?? throw new InvalidOperationException("Database:Connection says which PostgreSQL to use")),
        _ => builder.Services.AddDeskSqlite(builder.Configuration["Database:Connection"] ?? SqliteProvider.ConnectionTo(folders.Database)),
    };
    builder.Services.AddDesk(folders);

    var app = builder.Build();
    DeskStart.ReadAhead(app.Services);
    app.UseDesk();
    app.MapDesk();
    return await line.RunAsync(app);
}
catch (Exception e) when (StartProblem.InWords(e, data) is { } words)
{
    await Console.Error.WriteLineAsync($"solodesk: {words}");
    return 1;
}

/// <summary>Named so that tests can host it.</summary>
public partial class Program;
