namespace Solodesk.Chat.Settings;

/// <summary>How the widget looks and what it says, where it may stand, and who answers first.</summary>
public sealed record ChatSettings
{
    public bool Enabled { get; init; } = true;

    /// <summary>The brand's colour as <c>#RRGGBB</c>; white text on it must be readable.</summary>
    public string Colour { get; init; } = "#14665E";

    /// <summary>The launcher's word in each language; empty takes the built-in one.</summary>
    public Dictionary<string, string> Launcher { get; init; } = [];

    /// <summary>The first words in the open panel, in each language.</summary>
    public Dictionary<string, string> Greeting { get; init; } = [];

    /// <summary><c>right</c> or <c>left</c>.</summary>
    public string Side { get; init; } = "right";

    /// <summary>The bot answers first where there is one.</summary>
    public bool BotFirst { get; init; } = true;

    /// <summary>How the bot is called.</summary>
    public string BotName { get; init; } = "";

    /// <summary>Outside working hours the widget asks for an address before anything else.</summary>
    public bool AskAddressWhenClosed { get; init; } = true;

    /// <summary>Origins that may show the widget (<c>https://shop.example.com</c>, <c>https://*.example.com</c>); empty lets every site.</summary>
    public List<string> Sites { get; init; } = [];

    /// <summary>Seconds without a connection after which an answer goes by mail.</summary>
    public int MailAfterSeconds { get; init; } = 45;

    public List<Invitation> Invitations { get; init; } = [];

    /// <summary>The secret of identified visitors, sealed; empty while there is none.</summary>
    public string SealedSecret { get; init; } = "";
}

/// <summary>What the widget says by itself after a while, on pages whose path holds <c>Page</c> (<c>*</c>: on all).</summary>
public sealed record Invitation(string Page, int Seconds, string Text);
