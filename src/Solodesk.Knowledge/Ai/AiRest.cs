namespace Solodesk.Knowledge.Ai;

/// <summary>Until when work in the background leaves the service alone, because it failed.</summary>
internal sealed class AiRest
{
    public DateTimeOffset Until { get; set; } = DateTimeOffset.MinValue;
}
