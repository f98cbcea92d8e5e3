namespace Solodesk.Engine.Conditions;

/// <summary>One value that a field can have.</summary>
/// <param name="Value">The key that is stored.</param>
/// <param name="Label">What people see.</param>
public sealed record Choice(string Value, LocalText Label);
