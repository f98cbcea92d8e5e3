using Solodesk.Mail.Replies;

namespace Solodesk.Mail.Tests.Replies;

/// <summary>Each case is a body as a mail program sends it and, beside it, what its writer newly wrote.</summary>
public sealed class ReplyCorpusTests
{
    private static string Root => Path.Combine(AppContext.BaseDirectory, "Replies", "Corpus");

    public static TheoryData<string> Cases()
    {
        var cases = new TheoryData<string>();
        foreach (var file in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!file.EndsWith(".expected.txt", StringComparison.Ordinal))
            {
                cases.Add(Path.GetRelativePath(Root, file).Replace('\\', '/'));
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_reply_is_what_was_newly_written(string name)
    {
        var file = Path.Combine(Root, name);
        var body = File.ReadAllText(file);
        var expected = File.ReadAllText(Path.ChangeExtension(file, ".expected.txt"));

        var reply = name.EndsWith(".html", StringComparison.Ordinal) ? ReplyExtractor.FromHtml(body).Rendered : ReplyExtractor.FromText(body);

        Assert.Equal(Lines(expected), Lines(reply.Reply));
        SpanAssert.CoverTheText(reply);
    }

    // Blank lines and space at the ends of lines are no difference.
    private static string Lines(string text) =>
        string.Join('\n', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
