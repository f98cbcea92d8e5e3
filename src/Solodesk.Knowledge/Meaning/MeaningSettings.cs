namespace Solodesk.Knowledge.Meaning;

/// <summary>A service that turns texts into vectors (embeddings); off until an address is given. It may be another one than the one that writes.</summary>
public sealed record MeaningSettings
{
    /// <summary>Such as <c>https://api.example.com/v1</c>; empty is off.</summary>
    public string Address { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>The key, sealed by data protection.</summary>
    public string SealedKey { get; init; } = "";

    public bool IsOn => Address.Length > 0 && Model.Length > 0;

    /// <summary>Vectors of different models cannot be compared: what was computed is kept under this name.</summary>
    public string Kind => Cut($"{Model}@{Address.TrimEnd('/')}");

    private static string Cut(string text) => text.Length <= 300 ? text : text[..300];
}
