namespace Solodesk.Mail.Tests;

/// <summary>The test mails, written for this project, where they lie in the source tree.</summary>
internal static class Corpus
{
    public static string Folder { get; } = Find();

    public static string[] Mails { get; } = [.. Directory.GetFiles(Folder, "*.eml").Order(StringComparer.Ordinal)];

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".eml"));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var corpus = Path.Combine(folder.FullName, "tests", "Solodesk.Mail.Tests", "Corpus");
            if (Directory.Exists(corpus)) return corpus;
        }
        throw new DirectoryNotFoundException("tests/Solodesk.Mail.Tests/Corpus is not above the test's folder.");
    }
}
