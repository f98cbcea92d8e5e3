namespace Solodesk.Knowledge.Ai;

/// <summary>An AI service at an address that speaks like OpenAI's; off until an address is given. Everything works the same without it.</summary>
public sealed record AiSettings
{
    /// <summary>Such as <c>https://api.example.com/v1</c>; empty is off.</summary>
    public string Address { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>The key, sealed by data protection.</summary>
    public string SealedKey { get; init; } = "";

    /// <summary>Words (tokens) that may be spent on one day of the desk's zone, in and out together, embeddings included.</summary>
    public int TokensPerDay { get; init; } = 200_000;

    /// <summary>Whether the bot's answers are written by it, from the same sources.</summary>
    public bool WritesAnswers { get; init; } = true;

    /// <summary>Whether replies are drafted before the founder asks for them. Off: a draft that nobody wanted costs as much as one that was.</summary>
    public bool PreparesDrafts { get; init; }

    public bool IsOn => Address.Length > 0 && Model.Length > 0;
}
