using Solodesk.Engine.Sla;
using Solodesk.Tickets;

namespace Solodesk.Setup.Demo;

/// <summary>How one conversation goes: asked back, not solved at the first try, chased, thanked for, or left in silence; and when each thing is said.</summary>
internal sealed class DemoTalk(
    DemoPerson person, Story story, DemoVoice voice, DemoFacts facts, string channel, BusinessHours hours, DemoRandom chance)
{
    private readonly List<DemoStep> _steps = [];
    private readonly bool _live = channel is "chat" or "phone";
    private DateTimeOffset _now;
    private string? _lastAnswer;
    private DateTimeOffset _lastAnswerAt;

    public List<DemoStep> Steps(DateTimeOffset at, DateTimeOffset end, string opening, out DemoMood mood)
    {
        var trouble = story.Fact("type") is "Problem" or "Incident";
        mood = chance.Weighted([(DemoMood.Calm, 62.0), (DemoMood.Worried, 20 * story.Number("worry", trouble ? 1 : 0.25)),
            (DemoMood.Angry, 8 * story.Number("anger", trouble ? 1 : 0.15)), (DemoMood.Thankful, 6.0)], m => m.Item2).Item1;
        Tell(at, opening, mood, quick: false);
        if (_steps[^1].At > end)
        {
            // Too late for a long story: it was answered at once and that was that.
            _steps.Clear();
            _lastAnswer = null;
            Tell(at, opening, mood, quick: true);
        }

        Close(end);
        return _steps;
    }

    private void Tell(DateTimeOffset at, string opening, DemoMood mood, bool quick)
    {
        _now = at;
        Say(voice.Open(story, voice.Begin(opening), mood, _live), at, Attached(first: true));
        if (channel == "email" && chance.Chance(0.9))
        {
            Acknowledge();
        }

        if (!quick && !_live && mood is DemoMood.Angry or DemoMood.Worried && chance.Chance(0.22))
        {
            Wait(2, 9);
            Say(voice.Follow(voice.Shares("chase"), _live));
        }

        if (!quick && chance.Chance(story.Number("asks", 0.38)) && voice.Tell(story, "ask") is { } question && voice.Tell(story, "info", answers: true) is { } info)
        {
            Reply(question, mood, TicketStatus.Pending, quick, offer: false);
            Wait(0.1, 26);
            Say(voice.Follow(info, _live), files: Attached(first: false));
        }

        if (!quick)
        {
            Note(mood);
        }

        var answer = voice.Tell(story, "answer") ?? throw new InvalidOperationException($"{story.Key} has no answer for “{opening}”");
        var objection = !quick && chance.Chance(story.Number("again", 0.24)) ? voice.Tell(story, "still") : null;
        var fix = objection is null ? null : voice.Tell(story, "fix", answers: true);
        Reply(answer, mood, fix is not null || chance.Chance(0.45) ? TicketStatus.Pending : TicketStatus.Solved, quick);
        if (objection is not null && fix is not null)
        {
            Wait(0.4, 30);
            Say(voice.Follow(objection, _live));
            Note(mood);
            Reply(fix, mood, chance.Chance(0.5) ? TicketStatus.Pending : TicketStatus.Solved, quick);
        }

        End(quick);
    }

    private void End(bool quick)
    {
        if (quick || !chance.Chance(0.52))
        {
            if (_steps[^1].Status == TicketStatus.Pending)
            {
                // Nobody came back: a last word after some days, or at once where there is nothing to wait for.
                _now = quick ? _now.AddMinutes(4) : hours.Add(_now.AddDays(chance.Between(2, 5)), TimeSpan.FromMinutes(chance.Between(3, 200)));
                _steps.Add(!quick && chance.Chance(0.4)
                    ? new DemoStep(DemoStepKind.Answered, _now, voice.Answer(voice.Shares("silence"), first: false, _live, sorry: false, offer: false)) { Status = TicketStatus.Solved }
                    : new DemoStep(DemoStepKind.Status, _now) { Status = TicketStatus.Solved });
            }

            return;
        }

        Wait(0.1, 20);
        Say(voice.Follow(voice.Thanks(story), _live));
        _now = DemoCalendar.Answered(_now, _live, hours, chance);
        _steps.Add(chance.Chance(0.3)
            ? new DemoStep(DemoStepKind.Answered, _now, voice.Shares("welcome")) { Status = TicketStatus.Solved }
            : new DemoStep(DemoStepKind.Status, _now) { Status = TicketStatus.Solved });
    }

    // Five days without a word close what is solved.
    private void Close(DateTimeOffset end)
    {
        var closed = _steps[^1].At.AddDays(5).AddMinutes(chance.Between(1, 14));
        if (closed < end)
        {
            _steps.Add(new DemoStep(DemoStepKind.Status, closed) { Status = TicketStatus.Closed, BySystem = true });
        }
    }

    private void Say(string text, DateTimeOffset? at = null, IReadOnlyList<DemoFile>? files = null)
    {
        _now = at ?? _now;
        _steps.Add(new DemoStep(DemoStepKind.Said, _now, text)
        {
            Files = files ?? [],
            Quoted = channel == "email" && _lastAnswer is not null && chance.Chance(0.62) ? voice.Quote(_lastAnswerAt, _lastAnswer) : null,
        });
    }

    private void Reply(string fragment, DemoMood mood, TicketStatus status, bool quick, bool offer = true)
    {
        _now = quick ? _now.AddMinutes(chance.Between(4, 22)) : DemoCalendar.Answered(_now, _live, hours, chance);
        var first = _lastAnswer is null;
        _lastAnswer = voice.Answer(fragment, first, _live, first && mood is DemoMood.Angry or DemoMood.Worried && story.Fact("sorry") != "no",
            offer && first && story.Fact("sorry") != "no" && story.Fact("type") is not "Task");
        _lastAnswerAt = _now;
        _steps.Add(new DemoStep(DemoStepKind.Answered, _now, _lastAnswer) { Status = status });
    }

    private void Note(DemoMood mood)
    {
        if (mood == DemoMood.Angry && chance.Chance(0.3) && _lastAnswer is null)
        {
            _now = hours.Add(_now, TimeSpan.FromMinutes(chance.Between(2, 8)));
            _steps.Add(new DemoStep(DemoStepKind.Priority, _now) { Priority = TicketPriority.High });
        }

        if (!chance.Chance(0.16) || voice.Tell(story, "note") is not { } note)
        {
            return;
        }

        _now = hours.Add(_now, TimeSpan.FromMinutes(chance.Between(2, 25)));
        _steps.Add(new DemoStep(DemoStepKind.Noted, _now, note));
    }

    private void Acknowledge()
    {
        _now = _now.AddSeconds(chance.Between(4, 40));
        _steps.Add(new DemoStep(DemoStepKind.Acknowledged, _now, facts.Fill(voice.Shares("received"))));
    }

    // In chats minutes, in mails hours, never in the middle of the customer's night.
    private void Wait(double from, double to)
    {
        var length = (from + ((to - from) * Math.Pow(chance.Next(), 2.4))) * (_live ? 0.04 : 1);
        _now = _now.AddMinutes(length * 60).AddSeconds(chance.Between(1, 59));
        if (!_live && TimeZoneInfo.ConvertTime(_now, person.Zone).Hour is >= 1 and < 7)
        {
            _now = _now.AddHours(6).AddMinutes(chance.Between(0, 90));
        }
    }

    private IReadOnlyList<DemoFile> Attached(bool first)
    {
        var share = story.Number(first ? "shot" : "shot later", 0);
        if (!chance.Chance(share))
        {
            return [];
        }

        var seed = chance.Between(1, 24);
        return story.Fact("file") == "log" && chance.Chance(0.5)
            ? [new DemoFile("driftnote-log.txt", "log", seed)]
            : [new DemoFile(person.Chinese ? chance.Pick(["截图.png", "屏幕截图.png", "IMG_2041.png", "微信图片.png"]) : chance.Pick(["screenshot.png", "Screen Shot.png", "IMG_0388.png"]), "shot", seed)];
    }
}
