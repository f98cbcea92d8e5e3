using System.Text.Json.Serialization;
using Solodesk.Chat.Talk;

namespace Solodesk.Chat.Protocol;

/// <summary>One line for the widget.</summary>
internal sealed record LineFrame(long Seq, ChatLineKind Kind, DateTimeOffset At)
{
    [JsonPropertyOrder(-1)]
    public string T => "line";
    public Guid Talk { get; init; }

    /// <summary>The id that the widget gave it, on its own lines.</summary>
    public string? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>A visitor's words: plain text.</summary>
    public string? Text { get; init; }

    /// <summary>Our words: a tree of allowed elements.</summary>
    public IReadOnlyList<object>? Body { get; init; }

    public IReadOnlyList<FileFrame>? Files { get; init; }
    public BotLine? Bot { get; init; }

    /// <summary>It came by mail.</summary>
    public bool? Mail { get; init; }
}

/// <summary>A file of a line; its address is <c>/files/{token}/{name}</c>.</summary>
internal sealed record FileFrame(string Token, string Name, string Type, long Size);

/// <summary>The first answer: who the visitor is to the desk, and what stands.</summary>
internal sealed record WelcomeFrame(string Token, Guid? Talk, long Last, long Read, StateFrame State)
{
    [JsonPropertyOrder(-1)]
    public string T => "welcome";
}

/// <summary>Who would answer, and when.</summary>
internal sealed record StateFrame
{
    [JsonPropertyOrder(-1)]
    public string T => "state";

    /// <summary>The bot answers.</summary>
    public bool Bot { get; init; }

    /// <summary>The conversation waits for, or has, a person.</summary>
    public bool Person { get; init; }

    public string? Name { get; init; }

    /// <summary>A person has the desk open.</summary>
    public bool Online { get; init; }

    /// <summary>It is working time.</summary>
    public bool Open { get; init; }

    /// <summary>When a person will have answered what is asked now; null when nothing is promised.</summary>
    public DateTimeOffset? Expected { get; init; }

    /// <summary>An address to answer to is known.</summary>
    public bool Address { get; init; }
}

/// <summary>It is taken.</summary>
internal sealed record OkFrame(string Id, long Seq, Guid Talk)
{
    [JsonPropertyOrder(-1)]
    public string T => "ok";
}

/// <summary>It is not taken, and why; with a wait it may be sent again.</summary>
internal sealed record NoFrame(string? Id, string Code, string Text)
{
    [JsonPropertyOrder(-1)]
    public string T => "no";

    /// <summary>Milliseconds after which the same is welcome; null when it never is.</summary>
    public int? Wait { get; init; }
}

internal sealed record TypingFrame(string Name)
{
    [JsonPropertyOrder(-1)]
    public string T => "typing";
}

internal sealed record ReadFrame(long Seq, DateTimeOffset At)
{
    [JsonPropertyOrder(-1)]
    public string T => "read";
}

internal sealed record PongFrame
{
    [JsonPropertyOrder(-1)]
    public string T => "p";
}

/// <summary>A person came to the desk or left it.</summary>
internal sealed record PresenceFrame(bool Online)
{
    [JsonPropertyOrder(-1)]
    public string T => "presence";
}

/// <summary>The first words to somebody who has said nothing yet; not part of any conversation.</summary>
internal sealed record GreetFrame(IReadOnlyList<object> Body, string Name, IReadOnlyList<string> Choices)
{
    [JsonPropertyOrder(-1)]
    public string T => "greet";
}
