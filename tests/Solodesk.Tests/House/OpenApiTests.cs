using System.Text.Json;
using System.Text.Json.Nodes;

namespace Solodesk.Tests.House;

public sealed class OpenApiTests
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Set <c>SOLODESK_UPDATE_OPENAPI=1</c> to write the file anew.</summary>
    [Fact]
    public async Task The_description_that_is_checked_in_is_the_one_the_server_gives()
    {
        await using var desk = new DeskApp();
        var given = JsonNode.Parse(await desk.Visitor().GetStringAsync("/openapi/v1.json", Ct))!.ToJsonString(Written) + "\n";
        var file = Path.Combine(Repository.Root, "docs/api/openapi.json");
        if (Environment.GetEnvironmentVariable("SOLODESK_UPDATE_OPENAPI") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, given, Ct);
        }

        Assert.True(File.Exists(file) && await File.ReadAllTextAsync(file, Ct) == given, "Run the tests once with SOLODESK_UPDATE_OPENAPI=1 and look at the difference");
    }

    [Fact]
    public async Task Every_operation_says_what_it_does()
    {
        await using var desk = new DeskApp();
        var paths = JsonNode.Parse(await desk.Visitor().GetStringAsync("/openapi/v1.json", Ct))!["paths"]!.AsObject();

        Assert.NotEmpty(paths);
        Assert.Empty(from path in paths
                     from operation in path.Value!.AsObject()
                     where operation.Value?["summary"] is null
                     select $"{operation.Key} {path.Key}");
    }
}
