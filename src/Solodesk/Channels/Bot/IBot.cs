namespace Solodesk.Channels.Bot;

/// <summary>
/// Answers what people ask before a person does. Channels that talk (chat, messengers) ask it for the next turn of a conversation; the
/// feature that knows the articles implements it. It keeps no state of its own: whatever it must remember comes with the question.
/// </summary>
public interface IBot
{
    /// <summary>
    /// The bot's next turn. Never throws for what a person typed; when it cannot answer, the turn says so and hands over.
    /// An empty <see cref="BotQuestion.Text"/> with no earlier turns asks for the greeting.
    /// </summary>
    Task<BotTurn> AnswerAsync(BotQuestion question, CancellationToken cancellationToken);

    /// <summary>Whether the founder has it switched on; a channel does not begin with one that is off.</summary>
    ValueTask<bool> IsOnAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);
}

/// <summary>What was just said to the bot, and what it needs to know of the conversation.</summary>
/// <param name="Conversation">The conversation's id: turns are logged under it.</param>
/// <param name="Text">What the person wrote, or the text of the choice that they pressed.</param>
/// <param name="Language"><c>zh-Hans</c> or <c>en</c> as the page or browser says; the text's own language goes before it. Null when unknown.</param>
/// <param name="Channel">The channel's name as tickets carry it: <c>chat</c>, <c>api</c> …</param>
/// <param name="Turns">What was said so far, oldest first, without the new text.</param>
/// <param name="Customer">Who asks, when the channel knows for certain; null otherwise.</param>
public sealed record BotQuestion(
    Guid Conversation, string Text, string? Language, string Channel, IReadOnlyList<BotExchange> Turns, BotCustomer? Customer);

/// <summary>One thing that was said before.</summary>
/// <param name="FromBot">Said by the bot (or the founder), not by the person who asks.</param>
/// <param name="Text">The words, Markdown when from the bot.</param>
/// <param name="Kind">What kind of turn it was, when the bot's.</param>
public sealed record BotExchange(bool FromBot, string Text, BotTurnKind? Kind);

/// <summary>Who asks, proven by the channel.</summary>
/// <param name="Id">The customer's id on the desk.</param>
/// <param name="Name">The name to greet by.</param>
/// <param name="Email">The address that answers can go to, if known.</param>
public sealed record BotCustomer(Guid Id, string Name, string? Email);

/// <summary>What kind of turn the bot takes.</summary>
public enum BotTurnKind
{
    /// <summary>An answer out of public articles, with its sources.</summary>
    Answer,

    /// <summary>A question back: which of the choices was meant, or what the question is.</summary>
    AskBack,

    /// <summary>A person takes over; the text says so and when somebody is there. The channel must put the conversation before the founder.</summary>
    HandOver,

    /// <summary>The first words, with the most asked questions as choices.</summary>
    Greeting,

    /// <summary>Something is needed before it can go on (<see cref="BotTurn.Fields"/>): an order number, an address to answer to.</summary>
    AskForm,
}

/// <summary>What the bot says next.</summary>
/// <param name="Kind">What kind of turn it is.</param>
/// <param name="Text">What to show, as Markdown.</param>
/// <param name="Sources">The public articles that the words come from.</param>
/// <param name="Choices">Short texts to press; pressing one sends it as the person's next text.</param>
/// <param name="Confidence">How sure the bot is that this answers the question, 0 to 1.</param>
/// <param name="Reason">Why it answered or stopped, as a stable word: <c>answered</c>, <c>two_answers</c>, <c>requested</c>, <c>second_miss</c>, <c>topic</c>, <c>unknown</c> …</param>
public sealed record BotTurn(
    BotTurnKind Kind, string Text, IReadOnlyList<BotSource> Sources, IReadOnlyList<string> Choices, double Confidence, string Reason)
{
    /// <summary>What to ask for when <see cref="Kind"/> is <see cref="BotTurnKind.AskForm"/>; answers come back as "label: value" lines of the next text.</summary>
    public IReadOnlyList<BotField> Fields { get; init; } = [];
}

/// <summary>An article that an answer rests on.</summary>
/// <param name="Title">The article's title in the answer's language.</param>
/// <param name="Url">Its public address: absolute when the desk knows its own, else starting with a slash.</param>
public sealed record BotSource(string Title, string Url);

/// <summary>One field of a small form in a conversation.</summary>
/// <param name="Name">Stable name: <c>order</c>, <c>email</c>.</param>
/// <param name="Label">What to show, in the asker's language.</param>
/// <param name="Kind"><c>text</c> or <c>email</c>.</param>
public sealed record BotField(string Name, string Label, string Kind);
