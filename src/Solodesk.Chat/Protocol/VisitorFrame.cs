using Solodesk.Chat.Talk;

namespace Solodesk.Chat.Protocol;

/// <summary>What a widget sends; <see cref="T"/> says what it is, docs/chat-protocol.md what the rest means.</summary>
internal sealed record VisitorFrame(string? T)
{
    public string? Id { get; init; }
    public string? Text { get; init; }
    public List<string>? Files { get; init; }
    public string? Token { get; init; }
    public string? Lang { get; init; }
    public string? Email { get; init; }
    public string? Name { get; init; }
    public SiteUser? User { get; init; }
    public VisitorContext? Context { get; init; }
    public long? After { get; init; }
    public string? Talk { get; init; }
    public long? Seq { get; init; }

    /// <summary>Which invitation of the settings the visitor answers, counted from zero.</summary>
    public int? Rule { get; init; }
}

/// <summary>Who the site says its visitor is, by its own id; the hash is HMAC-SHA256 of it with the secret of the settings, in hex.</summary>
internal sealed record SiteUser(string? Id, string? Hash, string? Name, string? Email);
