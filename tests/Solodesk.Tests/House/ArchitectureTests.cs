using System.Text.RegularExpressions;

namespace Solodesk.Tests.House;

/// <summary>Which feature folder may use which. Read from the sources, so that a failure names the file.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Core = ["Tickets", "Customers", "Agents", "Views"];
    private static readonly string[] Ground = ["Common", "Data", "Live", "Jobs", "Files", "Search"];

    [Fact]
    public void The_core_never_calls_a_feature()
    {
        var allowed = Core.Concat(Ground).Concat(["Ui", "Api"]).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Uses("src/Solodesk").Where(u => Core.Contains(u.From) && !allowed.Contains(u.To)).Select(u => u.ToString()));
    }

    [Fact]
    public void One_channel_never_uses_another()
        => Assert.Empty(
            from file in Repository.Sources("src/Solodesk/Channels", ".cs", ".razor")
            let path = Repository.Short(file).Split('/')
            where path.Length > 4
            from Match use in Channel().Matches(File.ReadAllText(file))
            where use.Groups[1].Value != path[3] && use.Groups[1].Value != "Intake"
            select $"{Repository.Short(file)} uses {use.Groups[1].Value}");

    [Fact]
    public void Pure_libraries_know_no_product()
        => Assert.Empty(
            from project in (string[])["Engine", "Text", "Learning", "Mail"]
            where Directory.Exists(Path.Combine(Repository.Root, "src", $"Solodesk.{project}"))
            from file in Repository.Sources($"src/Solodesk.{project}", ".cs")
            let text = File.ReadAllText(file)
            where text.Contains("using Microsoft.EntityFrameworkCore", StringComparison.Ordinal) || text.Contains("using Microsoft.AspNetCore", StringComparison.Ordinal)
            select Repository.Short(file));

    [Fact]
    public void No_file_is_longer_than_500_lines()
        => Assert.Empty(
            from file in Repository.Sources("src", ".cs", ".razor", ".ts").Concat(Repository.Sources("client/src", ".ts"))
            let lines = File.ReadLines(file).Count()
            where lines > 500
            select $"{Repository.Short(file)}: {lines} lines");

    [Fact]
    public void Every_page_has_a_title()
        => Assert.Empty(
            from file in Repository.ProductSources("Page.razor")
            let text = File.ReadAllText(file)
            where text.Contains("@page", StringComparison.Ordinal) && !text.Contains("<PageTitle>", StringComparison.Ordinal)
            select Repository.Short(file));

    private static IEnumerable<(string File, string From, string To)> Uses(string below)
        => from file in Repository.Sources(below, ".cs", ".razor")
           let path = Path.GetRelativePath(Path.Combine(Repository.Root, below), file).Split('/')
           where path.Length > 1
           from Match use in Using().Matches(File.ReadAllText(file))
           where use.Groups[1].Value != path[0]
           select (Repository.Short(file), path[0], use.Groups[1].Value);

    [GeneratedRegex(@"^\s*@?using Solodesk\.(Common|Data|Live|Jobs|Files|Search|Ui|Tickets|Customers|Agents|Views|Channels|Setup|Api|Today)\b", RegexOptions.Multiline, 1000)]
    private static partial Regex Using();

    [GeneratedRegex(@"^\s*@?using Solodesk\.Channels\.(\w+)", RegexOptions.Multiline, 1000)]
    private static partial Regex Channel();
}
