namespace Solodesk.Knowledge.Gaps;

/// <summary>One gap: how it was put most often, how often it was asked, and in what other words.</summary>
public sealed record Gap(string Text, string Language, int Times, DateTimeOffset Last, IReadOnlyList<string> Wordings, IReadOnlyList<string> Channels, IReadOnlyList<Guid> Questions);
