using Solodesk.Mail.Reading;

namespace Solodesk.Mail.Tests;

/// <summary>What the library promises of itself as a whole.</summary>
public sealed class HouseTests
{
    private static string[] References => [.. typeof(MailReader).Assembly.GetReferencedAssemblies().Select(name => name.Name!)];

    [Fact]
    public void No_regular_expression_can_run_away_because_there_is_none()
        => Assert.DoesNotContain("System.Text.RegularExpressions", References);

    [Fact]
    public void It_depends_on_the_framework_and_on_AngleSharp_alone()
        => Assert.DoesNotContain(References, name => name != "AngleSharp" && !name.StartsWith("System.", StringComparison.Ordinal) && name != "netstandard");

    [Fact]
    public void It_knows_no_product()
        => Assert.DoesNotContain(References, name => name.StartsWith("Solodesk", StringComparison.Ordinal));

    [Fact]
    public void Everything_public_is_documented()
    {
        var file = Path.ChangeExtension(typeof(MailReader).Assembly.Location, ".xml");
        var documented = System.Xml.Linq.XDocument.Load(file).Descendants("member").Select(member => (string)member.Attribute("name")!).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(typeof(MailReader).Assembly.GetExportedTypes(), type => !documented.Contains("T:" + type.FullName!.Replace('+', '.')));
    }

    [Fact]
    public void Nothing_waits_by_blocking_a_thread()
    {
        var source = Path.Combine(Corpus.Folder, "..", "..", "..", "src", "Solodesk.Mail");
        string[] forbidden = ["GetAwaiter().GetResult()", "Thread.Sleep(", ".Wait()", "DateTime.Now", "DateTimeOffset.Now"];
        Assert.Empty(
            from file in Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            from word in forbidden
            where File.ReadAllText(file).Contains(word, StringComparison.Ordinal)
            select $"{Path.GetFileName(file)}: {word}");
    }
}
