using Microsoft.AspNetCore.Http;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Ai;
using Solodesk.Knowledge.Bot;
using Solodesk.Knowledge.HelpCentre;
using Solodesk.Knowledge.Meaning;
using Solodesk.Text.Search;
using Solodesk.Ui;

namespace Solodesk.Knowledge.Answers;

/// <summary>Answers one question from the public articles, with its sources, and says when a person should.</summary>
[UseCase]
internal sealed class AnswerQuestion(AnswerIndex index, Settings settings, Phrases phrases, Readership readership, WriteAnswer write, QuestionMeaning meanings)
{
    public const int MostSources = 3;

    /// <summary>A source below this is noise beside the first.</summary>
    private const double WorthShowing = 0.25;

    /// <param name="Text">The answer in the asker's language, or honest words that there is none.</param>
    /// <param name="Certainty">The probability that the answer is right.</param>
    /// <param name="Sources">The articles behind it; near ones when it was not sure.</param>
    /// <param name="HandOver">Whether a person should answer.</param>
    /// <param name="Reason">Why, as a word of <see cref="BotReason"/>.</param>
    /// <param name="Language">The language of the answer.</param>
    public sealed record Answer(string Text, double Certainty, IReadOnlyList<FoundArticle> Sources, bool HandOver, string Reason, string Language);

    /// <summary>Answers the question. Nobody hears of one that it cannot answer: the words say where a person can be asked.</summary>
    /// <param name="question">In any words.</param>
    /// <param name="language">What the caller speaks; the question's own language goes before it.</param>
    /// <param name="channel">Where it is counted.</param>
    /// <param name="contact">The address at which people write to the founder.</param>
    /// <param name="ct">Ends the search.</param>
    public async Task<Answer> RunAsync(string question, string? language, string channel, string contact, CancellationToken ct)
    {
        await index.Ready.WaitAsync(ct);
        var asked = AnswerIndex.LanguageOf(question, language);
        var threshold = (await settings.ReadAsync<AnswerSettings>(ct)).Threshold;
        var bot = await settings.ReadAsync<BotSettings>(ct);
        // Who asks for a person needs no search.
        var found = BotWords.WantsPerson(question) ? [] : await FindAsync(question, asked, ct);
        var best = found.Count > 0 ? found[0] : null;
        var sure = best is not null && best.Certainty >= threshold;
        if (BotWords.WantsPerson(question))
        {
            return new Answer(phrases.In(asked, "answer.person", contact), 1, [], true, BotReason.Requested, asked);
        }

        readership.Asked(channel, question, asked, best, sure);
        var sources = found.Where((f, i) => i == 0 || (f.Certainty >= WorthShowing && f.Certainty >= found[0].Certainty / 4)).Take(MostSources).ToList();
        var topic = BotWords.TopicOf(question, bot.Topics);
        if (!sure)
        {
            var near = sources.Where(s => s.Certainty >= WorthShowing / 2).ToList();
            return new Answer(phrases.In(asked, topic is not null ? "answer.topic" : near.Count > 0 ? "answer.unsure" : "answer.none", contact), best?.Certainty ?? 0, near, true, topic is null ? BotReason.Unknown : BotReason.Topic, asked);
        }

        var text = await write.RunAsync(question, asked, sources, ct) ?? AnswerText.Of(best!.Card, question, index.Synonyms);
        return topic is null
            ? new Answer(text, best!.Certainty, sources, false, BotReason.Answered, asked)
            : new Answer($"{text}\n\n{phrases.In(asked, "answer.topic", contact)}", best!.Certainty, sources, true, BotReason.Topic, asked);
    }

    /// <summary>By words and, where a service for it is set up and answers in time, by meaning.</summary>
    public async Task<IReadOnlyList<FoundArticle>> FindAsync(string question, string language, CancellationToken ct) => Find(question, language, meaning: await meanings.OfAsync(question, ct));

    /// <summary>In the asker's language; in the other one only what is much surer there.</summary>
    public IReadOnlyList<FoundArticle> Find(string question, string language, Audience audience = Audience.Bot, int limit = 6, float[]? meaning = null)
    {
        var own = index.Search(question, language, audience, limit, meaning);
        var other = index.Search(question, Tongue.Other(language), audience, limit, meaning).Where(o => own.All(f => f.Card.ArticleId != o.Card.ArticleId)).ToList();
        if (other.Count == 0 || other[0].Certainty < 0.35 || (own.Count > 0 && own[0].Certainty + 0.25 >= other[0].Certainty))
        {
            return own;
        }

        // The article exists in the asker's language too, though its words there did not match: show that one.
        return [.. other.Select(o => index.Find(o.Card.ArticleId, language) is { } card && (audience == Audience.Desk || card.IsPublic) ? o with { Card = card } : o), .. own];
    }

    /// <summary>The address that a source has for somebody far away.</summary>
    public static string Absolute(HttpRequest request, BusinessSettings business, HelpSettings help, string path)
        => (help.Domain.Length > 0 ? $"https://{help.Domain}"
            : business.PublicUrl.Length > 0 ? business.PublicUrl.TrimEnd('/')
            : $"{request.Scheme}://{request.Host}") + path;

    /// <summary>The question's vector, when there is one in time.</summary>
    public ValueTask<float[]?> MeaningAsync(string question, CancellationToken ct) => meanings.OfAsync(question, ct);

    public Snippet SnippetOf(ArticleCard card, string question) => Snippets.Of(card.Plain, question, index.Synonyms);
}
