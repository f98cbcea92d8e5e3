namespace Solodesk.Common;

/// <summary>Marks a verb, a read model or a step of one that others ask for by its type; the scan registers it.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class UseCaseAttribute : Attribute;
