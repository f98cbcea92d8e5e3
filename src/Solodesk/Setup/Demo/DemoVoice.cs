using System.Globalization;

namespace Solodesk.Setup.Demo;

/// <summary>How people put things: greetings, moods, slips of the finger, what their mail program hangs below. The founder's tone as well.</summary>
internal sealed class DemoVoice(DemoPerson person, DemoFacts facts, DemoRandom chance)
{
    private static readonly Story Shared = StoryBook.Read("voice")[0];

    private static readonly (string Right, string Wrong)[] ChineseSlips =
        [("登录", "登陆"), ("账号", "帐号"), ("好像", "好象"), ("的时候", "得时候"), ("再", "在"), ("？", "?"), ("，", " "), ("。", "")];

    private static readonly (string Right, string Wrong)[] EnglishSlips =
        [("the ", "teh "), ("I'm", "Im"), ("can't", "cant"), ("doesn't", "doesnt"), ("received", "recieved"), ("because", "becuase"), (" I ", " i "), ("Thanks", "thx")];

    private readonly string _tongue = person.Chinese ? "zh" : "en";
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    /// <summary>Which of a story's matters this conversation is about: the letter that its opening is marked with.</summary>
    public char? Topic { get; private set; }

    // Which question or objection was picked, where the next fragment must answer just that.
    private string _thread = "";

    /// <summary>Takes the opening's letter as the topic and gives back its words.</summary>
    public string Begin(string opening)
    {
        var (marks, text) = Marked(opening);
        Topic = marks.Length > 0 ? marks[0] : null;
        return facts.Fill(text);
    }

    /// <summary>A fragment of the story that fits the topic; null when it has none.</summary>
    /// <param name="story">The story.</param>
    /// <param name="part">The part, without its language.</param>
    /// <param name="answers">It answers what was told last and must carry the same digit.</param>
    public string? Tell(Story story, string part, bool answers = false)
    {
        var fitting = story.Part(part == "note" ? part : $"{_tongue} {part}").Where(f => Fits(Marked(f).Marks, answers)).ToList();
        if (fitting.Count == 0)
        {
            return null;
        }

        var fresh = fitting.Where(f => !_said.Contains(f)).ToList();
        var picked = chance.Pick(fresh.Count > 0 ? fresh : fitting);
        _said.Add(picked);
        var (marks, text) = Marked(picked);
        _thread = string.Concat(marks.Where(char.IsAsciiDigit));
        return facts.Fill(text);
    }

    /// <summary>The subject of the topic, or a general one.</summary>
    public string Subject(Story story)
        => Tell(story, "subject") ?? facts.Fill(Marked(chance.Pick(story.Part(_tongue + " subject"))).Text);

    private bool Fits(string marks, bool answers)
    {
        var letters = marks.Where(char.IsAsciiLetter).ToList();
        var digits = marks.Where(char.IsAsciiDigit).ToList();
        return (letters.Count == 0 || (Topic is { } topic && letters.Contains(topic)))
            && (!answers || digits.Count == 0 || digits.Exists(d => _thread.Contains(d)));
    }

    // "[ab1] words": letters are topics, digits tie an answer to a question.
    private static (string Marks, string Text) Marked(string fragment)
        => fragment.StartsWith('[') && fragment.IndexOf("] ", StringComparison.Ordinal) is > 0 and var end ? (fragment[1..end], fragment[(end + 2)..]) : ("", fragment);

    /// <summary>The first message: a greeting or none, the matter, perhaps a detail and a mood.</summary>
    public string Open(Story story, string opening, DemoMood mood, bool live)
    {
        var parts = new List<string> { opening };
        if (chance.Chance(live ? 0.2 : 0.35 + (0.15 * person.Politeness)) && Tell(story, "more") is { } more)
        {
            parts.Add(more);
        }

        if (story.Fact("device") == "yes" && chance.Chance(0.42))
        {
            parts.Add(Shares("device"));
        }

        if (mood != DemoMood.Calm)
        {
            parts.Insert(chance.Chance(0.3) && mood == DemoMood.Angry ? 0 : parts.Count, Shares(mood.ToString().ToLowerInvariant()));
        }

        var text = Join(parts, live);
        if (live)
        {
            return Slip(chance.Chance(0.4) ? Glue(Shares("hello chat"), text) : text);
        }

        if (chance.Chance(0.3 + (0.33 * person.Politeness)))
        {
            text = Shares("hello") + (person.Chinese && chance.Chance(0.5) ? "" : "\n\n") + text;
        }

        if (chance.Chance(0.15 + (0.3 * person.Politeness)))
        {
            text += (person.Chinese && chance.Chance(0.35) ? "" : "\n\n") + Shares("bye");
        }

        return Signed(Slip(text), 0.25 + (0.2 * person.Politeness));
    }

    /// <summary>A later word of the customer: shorter, seldom greeted.</summary>
    public string Follow(string fragment, bool live)
    {
        var text = fragment;
        if (!live && chance.Chance(0.18 * person.Politeness))
        {
            text = Shares("hello back") + (person.Chinese ? "" : "\n\n") + text;
        }

        return live ? Slip(text) : Signed(Slip(text), 0.1 * person.Politeness);
    }

    /// <summary>The founder's answer: by name, the point first, signed in mails.</summary>
    public string Answer(string fragment, bool first, bool live, bool sorry, bool offer)
    {
        var text = sorry && chance.Chance(0.75) ? Shares("sorry") + (person.Chinese ? "" : " ") + fragment : fragment;
        if (first || (!live && chance.Chance(0.6)))
        {
            text = Shares(live ? "greet chat" : first ? "greet" : "greet again") + (person.Chinese ? "" : live ? " " : "\n\n") + text;
        }

        if (offer && !live && chance.Chance(0.3))
        {
            text += "\n\n" + Shares("offer");
        }

        return live || !chance.Chance(first ? 0.8 : 0.4) ? text : text + "\n\n" + (person.Chinese ? "周野" : chance.Chance(0.5) ? "Zhou Ye" : "Zhou Ye, Driftnote");
    }

    public string Thanks(Story story)
    {
        return chance.Chance(0.55) && Tell(story, "thanks") is { } own ? own : Shares("thanks");
    }

    public string Shares(string part) => Pick(Shared.Part($"{_tongue} {part}"));

    /// <summary>A fragment with its facts; what was said in this conversation is not said again while there is another.</summary>
    public string Pick(IReadOnlyList<string> fragments)
    {
        var fresh = fragments.Where(f => !_said.Contains(f)).ToList();
        var picked = chance.Pick(fresh.Count > 0 ? fresh : fragments);
        _said.Add(picked);
        return facts.Fill(picked);
    }

    /// <summary>What mail programs put below an answer.</summary>
    public string Quote(DateTimeOffset at, string before)
    {
        var local = TimeZoneInfo.ConvertTime(at, person.Zone).DateTime;
        var lines = string.Join('\n', before.Split('\n').Select(l => l.Length == 0 ? ">" : "> " + l));
        return person.Chinese
            ? string.Create(CultureInfo.InvariantCulture, $"{local.Year}年{local.Month}月{local.Day}日 {local:HH:mm}，Driftnote 漂流笔记 <{DemoSettled.Address}> 写道：\n{lines}")
            : string.Create(CultureInfo.InvariantCulture, $"On {local:ddd, d MMM yyyy 'at' HH:mm}, Driftnote <{DemoSettled.Address}> wrote:\n{lines}");
    }

    private string Join(List<string> parts, bool live)
        => parts.Count == 1 ? parts[0] : string.Join(!live && chance.Chance(0.35 + (0.2 * person.Politeness)) ? "\n\n" : person.Chinese ? "" : " ", parts);

    private string Glue(string hello, string text) => hello + (person.Chinese ? "，" : " ") + text;

    private string Signed(string text, double share)
        => !chance.Chance(share) ? chance.Chance(0.05) ? text + "\n\n" + Shares("sent from") : text
            : text + "\n\n" + (person.Chinese ? person.Row.Name : chance.Chance(0.6) ? person.Call : person.Row.Name)
                + (person.Organization is { } organization && chance.Chance(0.45) ? "\n" + organization : "");

    private string Slip(string text)
    {
        if (!chance.Chance(person.Politeness == 0 ? 0.22 : 0.09))
        {
            return text;
        }

        var (right, wrong) = chance.Pick(person.Chinese ? ChineseSlips : EnglishSlips);
        var at = text.LastIndexOf(right, StringComparison.Ordinal);
        return at < 0 || text.Contains("http", StringComparison.Ordinal) ? text : string.Concat(text.AsSpan(0, at), wrong, text.AsSpan(at + right.Length)).Trim();
    }
}

internal enum DemoMood { Calm, Worried, Angry, Thankful }
