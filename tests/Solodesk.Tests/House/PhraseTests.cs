using System.Text.RegularExpressions;
using Solodesk.Ui;

namespace Solodesk.Tests.House;

public sealed partial class PhraseTests
{
    [Fact]
    public void Every_phrase_stands_in_both_languages()
    {
        var (english, chinese) = (Phrases.Keys("en"), Phrases.Keys("zh-Hans"));
        List<string> missing = [.. english.Except(chinese).Select(k => $"{k} lacks Chinese"), .. chinese.Except(english).Select(k => $"{k} lacks English")];
        Assert.Empty(missing);
    }

    [Fact]
    public void Both_languages_name_the_same_values()
    {
        var phrases = new Phrases();
        List<string> differing = [.. Phrases.Keys("en").Where(k => phrases.Has("zh-Hans", k))
            .Where(k => !Values(phrases.In("en", k)).SetEquals(Values(phrases.In("zh-Hans", k))))];
        Assert.Empty(differing);
    }

    [Fact]
    public void Every_phrase_that_a_page_asks_for_exists()
    {
        var known = Phrases.Keys("en").ToHashSet(StringComparer.Ordinal);
        var missing =
            from file in Repository.ProductSources(".razor", ".cs")
            from Match use in Asked().Matches(File.ReadAllText(file))
            let key = use.Groups[1].Value
            where !known.Contains(key)
            select $"{Repository.Short(file)}: {key}";
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_refusal_says_why()
    {
        var known = Phrases.Keys("en").ToHashSet(StringComparer.Ordinal);
        var missing =
            from file in Repository.ProductSources(".razor", ".cs")
            from Match use in Refused().Matches(File.ReadAllText(file))
            let key = use.Groups[1].Success ? $"problem.{use.Groups[1].Value}" : $"problem.{use.Groups[2].Value}.not_found"
            where !known.Contains(key)
            select $"{Repository.Short(file)}: {key}";
        Assert.Empty(missing);
    }

    private static HashSet<string> Values(string phrase) => [.. Placeholder().Matches(phrase).Select(m => m.Value)];

    [GeneratedRegex(@"\bT\[""([a-z0-9_.\-]+)""[\],]", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Asked();

    [GeneratedRegex(@"new Problem\(""([a-z0-9_.]+)""|Problem\.NotFound\(""([a-z0-9_.]+)""\)", RegexOptions.None, 1000)]
    private static partial Regex Refused();

    [GeneratedRegex(@"\{\d", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();
}
