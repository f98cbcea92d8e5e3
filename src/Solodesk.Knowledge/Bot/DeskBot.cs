using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Bot;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Ai;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.HelpCentre;
using Solodesk.Live;
using Solodesk.Tickets;
using Solodesk.Ui;

namespace Solodesk.Knowledge.Bot;

/// <summary>
/// The bot: answers out of public articles with their sources, asks back when two compete, and knows when to stop. Every turn is logged with
/// what it searched and why it did what it did.
/// </summary>
internal sealed class DeskBot(
    AnswerIndex index, AnswerQuestion answers, LearnRanking learn, Readership readership, Data.Settings settings, Popularity popularity, WriteAnswer write, Promises promises, IDbContextFactory<DeskDb> dbs,
    DeskWriter writer, OpenDesks desks, Phrases phrases, TimeProvider clock) : IBot
{
    private const int MostChoices = 3;

    /// <summary>A second answer this close to the first competes with it.</summary>
    private const double Rivals = 0.6;

    /// <summary>Below this nothing is worth offering as a choice.</summary>
    private const double WorthOffering = 0.15;

    /// <summary>Below this an article has nothing to do with what a person is now asked.</summary>
    private const double WorthPassingOn = 0.3;

    public async ValueTask<bool> IsOnAsync(CancellationToken cancellationToken) => (await settings.ReadAsync<BotSettings>(cancellationToken)).On;

    public async Task<BotTurn> AnswerAsync(BotQuestion question, CancellationToken cancellationToken)
    {
        await index.Ready.WaitAsync(cancellationToken);
        var began = Stopwatch.GetTimestamp();
        var text = question.Text.Trim();
        var language = LanguageOf(question, text);
        var (turn, found) = await DecideAsync(question, text, language, cancellationToken);
        if (text.Length > 0)
        {
            // A window that opens, or opens again after every break of its line, has asked nothing.
            await LogAsync(question, text, language, turn, found, (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds, cancellationToken);
        }

        return turn;
    }

    private async Task<(BotTurn, IReadOnlyList<FoundArticle>)> DecideAsync(BotQuestion question, string text, string language, CancellationToken ct)
    {
        var bot = await settings.ReadAsync<BotSettings>(ct);
        if (!bot.On)
        {
            return (await HandOverAsync(question, language, BotReason.Off, [], ct), []);
        }

        if (text.Length == 0 || (BotWords.IsHello(text) && question.Turns.Count <= 1))
        {
            return (await GreetAsync(question, bot, language, ct), []);
        }

        if (question.Turns.LastOrDefault(t => t.FromBot) is { Kind: BotTurnKind.AskForm })
        {
            return (await HandOverAsync(question, language, BotReason.Form, [], ct), []);
        }

        if (BotWords.WantsPerson(text))
        {
            return (await HandOverAsync(question, language, BotReason.Requested, [], ct), []);
        }

        var found = await SearchAsync(question, text, language, ct);
        if (BotWords.TopicOf(text, bot.Topics) is not null)
        {
            return (await FormOrHandOverAsync(question, language, BotReason.Topic, found, ct), found);
        }

        if (BotWords.IsThanks(text))
        {
            await LearnAsync(question, helped: true, ct);
            return (Turn(BotTurnKind.Answer, phrases.In(language, "bot.thanks"), 1, BotReason.Thanks), found);
        }

        if (BotWords.IsUnhelped(text) && question.Turns.Any(t => t.Kind == BotTurnKind.Answer))
        {
            await LearnAsync(question, helped: false, ct);
            return (await FormOrHandOverAsync(question, language, BotReason.SecondMiss, await LastAsync(question, language, ct), ct), found);
        }

        return (await ReplyAsync(question, text, language, bot, found, ct), found);
    }

    private async Task<BotTurn> ReplyAsync(BotQuestion question, string text, string language, BotSettings bot, IReadOnlyList<FoundArticle> found, CancellationToken ct)
    {
        var threshold = (await settings.ReadAsync<AnswerSettings>(ct)).Threshold;
        var best = found.Count > 0 ? found[0] : null;
        // A pressed choice is the title of an article: that is no question any more.
        var chosen = best is not null && string.Equals(best.Card.Title, text, StringComparison.OrdinalIgnoreCase);
        var sure = best is not null && (chosen || best.Certainty >= threshold);
        readership.Asked(question.Channel == "api" ? "support" : "chat", text, language, best, sure);
        var rivals = found.Where(f => f.Certainty >= WorthOffering).Take(MostChoices).ToList();
        if (sure && (chosen || rivals.Count < 2 || rivals[1].Certainty < best!.Certainty * Rivals || best.Certainty > 0.85))
        {
            return await AnswerFromAsync(question, text, language, best!, ct);
        }

        var misses = question.Turns.Reverse().Where(t => t.FromBot).TakeWhile(t => t.Kind is BotTurnKind.AskBack).Count() + 1;
        if (misses >= Math.Max(1, bot.Misses))
        {
            return await FormOrHandOverAsync(question, language, BotReason.SecondMiss, found, ct);
        }

        return rivals.Count > 1 || (rivals.Count == 1 && !sure)
            ? Turn(BotTurnKind.AskBack, phrases.In(language, rivals.Count > 1 ? "bot.which" : "bot.did_you_mean"), best!.Certainty, rivals.Count > 1 ? BotReason.TwoAnswers : BotReason.Rephrase)
                with { Choices = [.. rivals.Select(r => r.Card.Title), .. Beside(question, language, "bot.choice.person")] }
            : Turn(BotTurnKind.AskBack, phrases.In(language, "bot.unknown"), best?.Certainty ?? 0, BotReason.Unknown) with { Choices = Beside(question, language, "bot.choice.person") };
    }

    private async Task<BotTurn> AnswerFromAsync(BotQuestion question, string text, string language, FoundArticle best, CancellationToken ct)
    {
        if (await write.RunAsync(text, language, [best], ct) is { } written)
        {
            return Turn(BotTurnKind.Answer, written, best.Certainty, BotReason.Answered) with
            {
                Sources = [await SourceAsync(best.Card, ct)],
                Choices = Beside(question, language, "bot.choice.solved", "bot.choice.person"),
            };
        }

        var said = Escape(AnswerText.Of(best.Card, text, index.Synonyms));
        if (best.Card.Language != language)
        {
            said = $"{phrases.In(language, "bot.other_language")}\n\n{said}";
        }

        return Turn(BotTurnKind.Answer, said, best.Certainty, BotReason.Answered) with
        {
            Sources = [await SourceAsync(best.Card, ct)],
            Choices = Beside(question, language, "bot.choice.solved", "bot.choice.person"),
        };
    }

    private async Task<BotTurn> GreetAsync(BotQuestion question, BotSettings bot, string language, CancellationToken ct)
    {
        var business = await settings.ReadAsync<BusinessSettings>(ct);
        var own = language == "en" ? bot.GreetingEnglish : bot.GreetingChinese;
        var greeting = own.Length > 0 ? own : phrases.In(language, "bot.greeting", business.Name);
        var top = await popularity.OfAsync(language, Math.Clamp(bot.Offered, 0, 6), ct);
        _ = question;
        return Turn(BotTurnKind.Greeting, greeting, 1, BotReason.Greeting) with { Choices = [.. top.Select(c => c.Title)] };
    }

    /// <summary>Asks first for what the article says that a person will need.</summary>
    private async Task<BotTurn> FormOrHandOverAsync(BotQuestion question, string language, string reason, IReadOnlyList<FoundArticle> found, CancellationToken ct)
    {
        var asks = found.Count > 0 && found[0].Certainty >= WorthPassingOn ? found[0].Card.Asks : "";
        if (asks.Length == 0 || question.Turns.Any(t => t.Kind == BotTurnKind.AskForm))
        {
            return await HandOverAsync(question, language, reason, found, ct);
        }

        return Turn(BotTurnKind.AskForm, phrases.In(language, $"bot.asks.{asks}"), found[0].Certainty, reason) with
        {
            Sources = [await SourceAsync(found[0].Card, ct)],
            Fields = [new BotField(asks, phrases.In(language, $"bot.field.{asks}"), asks == "email" ? "email" : "text")],
        };
    }

    private async Task<BotTurn> HandOverAsync(BotQuestion question, string language, string reason, IReadOnlyList<FoundArticle> found, CancellationToken ct)
    {
        var hours = (await settings.ReadAsync<BusinessSettings>(ct)).Hours;
        var now = clock.GetUtcNow();
        // Who sits at the desk at night is there, as the visitor sees above the conversation.
        var open = desks.Any || hours.IsAlways || hours.Between(now, now.AddMinutes(5)) > TimeSpan.Zero;
        var first = phrases.In(language, reason is BotReason.Unknown or BotReason.SecondMiss ? "bot.handover.unknown" : reason == BotReason.Form ? "bot.handover.form" : "bot.handover");
        var when = open ? phrases.In(language, "bot.handover.now") : await WhenAsync(language, hours, ct);
        var known = question.Customer?.Email is { Length: > 0 };
        var reach = known ? phrases.In(language, "bot.handover.mail_known") : open ? "" : phrases.In(language, "bot.handover.leave_mail");
        return Turn(BotTurnKind.HandOver, string.Join("", new[] { first, when, reach }.Where(t => t.Length > 0).Select((t, i) => i > 0 && language == "en" ? " " + t : t)),
            found.Count > 0 ? found[0].Certainty : 0, reason) with
        {
            Sources = found.Count > 0 && found[0].Certainty >= WorthPassingOn ? [await SourceAsync(found[0].Card, ct)] : [],
            Fields = known || open ? [] : [new BotField("email", phrases.In(language, "bot.field.email"), "email")],
        };
    }

    private async Task<string> WhenAsync(string language, Solodesk.Engine.Sla.BusinessHours hours, CancellationToken ct)
    {
        if (await promises.ExpectedAnswerAsync(TicketPriority.Normal, ct) is not { } expected)
        {
            return phrases.In(language, "bot.handover.later");
        }

        var local = TimeZoneInfo.ConvertTime(expected, hours.Zone);
        return phrases.In(language, "bot.handover.by", local.ToString(language == "en" ? "ddd, d MMM, HH:mm" : "M月d日 HH:mm", CultureInfo.GetCultureInfo(language)), hours.Zone.Id);
    }

    // The widget has a button for each of these that does it; words to send back would be the same once more.
    private IReadOnlyList<string> Beside(BotQuestion question, string language, params IEnumerable<string> keys)
        => question.Channel == "chat" ? [] : [.. keys.Select(k => phrases.In(language, k))];

    // "And on the phone?" says little by itself: with the question before it, it does.
    private async Task<IReadOnlyList<FoundArticle>> SearchAsync(BotQuestion question, string text, string language, CancellationToken ct)
    {
        var found = await answers.FindAsync(text, language, ct);
        if (text.Length > 30 || (found.Count > 0 && found[0].Certainty >= 0.6) || question.Turns.LastOrDefault(t => !t.FromBot) is not { } before || before.Text.Length > 200)
        {
            return found;
        }

        var together = await answers.FindAsync($"{before.Text} {text}", language, ct);
        if (together.Count == 0 || (found.Count > 0 && together[0].Certainty <= found[0].Certainty + 0.1))
        {
            return found;
        }

        // What the question before found all by itself is no answer to this one, unless this one points there too.
        var said = answers.Find(before.Text, language);
        return said.Count > 0 && said[0].Card.ArticleId == together[0].Card.ArticleId && !found.Any(f => f.Card.ArticleId == said[0].Card.ArticleId && f.Certainty >= WorthOffering) ? found : together;
    }

    private async Task LearnAsync(BotQuestion question, bool helped, CancellationToken ct)
    {
        if (await LastAnswerAsync(question, ct) is { Candidates: [var first, ..] } last)
        {
            await learn.TellAsync(last.Asked, last.Language, Audience.Bot, first.ArticleId, helped, ct);
        }
    }

    private async Task<BotTurnLog?> LastAnswerAsync(BotQuestion question, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<BotTurnLog>().AsNoTracking().Where(t => t.ConversationId == question.Conversation && t.Kind == nameof(BotTurnKind.Answer) && t.Reason == BotReason.Answered)
            .OrderByDescending(t => t.At).FirstOrDefaultAsync(ct);
    }

    private async Task<IReadOnlyList<FoundArticle>> LastAsync(BotQuestion question, string language, CancellationToken ct)
    {
        var last = await LastAnswerAsync(question, ct);
        return last?.Candidates is [var first, ..] && index.Nearest(first.ArticleId, language) is { } card ? [new FoundArticle(card, null!, first.Certainty)] : [];
    }

    private async Task<BotSource> SourceAsync(ArticleCard card, CancellationToken ct)
    {
        var help = await settings.ReadAsync<HelpSettings>(ct);
        var business = await settings.ReadAsync<BusinessSettings>(ct);
        var root = help.Domain.Length > 0 ? $"https://{help.Domain}" : business.PublicUrl.TrimEnd('/');
        return new BotSource(card.Title, root + card.Path);
    }

    private Task LogAsync(BotQuestion question, string text, string language, BotTurn turn, IReadOnlyList<FoundArticle> found, int milliseconds, CancellationToken ct)
        => writer.RunAsync<Done>(db =>
        {
            db.Add(new BotTurnLog
            {
                Id = Ids.New(clock),
                ConversationId = question.Conversation,
                Channel = Cut(question.Channel, 40),
                Language = language,
                Asked = Cut(text, 2000),
                Said = turn.Text,
                Kind = turn.Kind.ToString(),
                Reason = turn.Reason,
                Confidence = turn.Confidence,
                Candidates = [.. found.Take(5).Select(f => new BotTurnLog.Looked(f.Card.ArticleId, f.Card.Number, f.Card.Title, Math.Round(f.Hit?.Score ?? 0, 3), Math.Round(f.Certainty, 3),
                    string.Join(' ', (f.Hit?.Matched ?? []).Take(12))) { Meaning = Math.Round(f.Meaning, 3) })],
                Milliseconds = milliseconds,
                At = clock.GetUtcNow(),
            });
            return Task.FromResult<Result<Done>>(Done.It);
        }, ct);

    private static string LanguageOf(BotQuestion question, string text)
    {
        var said = text.Any(char.IsLetter) ? text : question.Turns.LastOrDefault(t => !t.FromBot)?.Text ?? "";
        return said.Any(char.IsLetter) ? AnswerIndex.LanguageOf(said, question.Language) : Phrases.Known(question.Language ?? "zh");
    }

    private static BotTurn Turn(BotTurnKind kind, string text, double confidence, string reason) => new(kind, text, [], [], Math.Round(confidence, 3), reason);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    // The words come from an article without its markup: what looks like markup in them is meant as it stands.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '#' or '|' or '~')
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
