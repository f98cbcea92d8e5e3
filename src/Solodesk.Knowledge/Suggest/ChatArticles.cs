using Solodesk.Channels.Bot;
using Solodesk.Knowledge.Answers;

namespace Solodesk.Knowledge.Suggest;

/// <summary>What a visitor may read instead of waiting, while they type in the chat.</summary>
internal sealed class ChatArticles(AnswerQuestion answers, AnswerIndex index) : IKnownAnswers
{
    public IReadOnlyList<BotSource> Find(string typed, string? language, int most)
        => index.Ready.IsCompleted
            ? [.. Suggestions.For(answers, "", typed, AnswerIndex.LanguageOf(typed, language ?? "en"), most, Audience.Public).Select(hit => new BotSource(hit.Card.Title, hit.Card.Path))]
            : [];
}
