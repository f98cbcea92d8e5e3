using System.Reflection;

namespace Solodesk;

/// <summary>
/// The assemblies that make up the product: the core, and the leaf features that were cut off it so that an edit in one of them does not
/// compile the others again. Everything that is found by a scan (tables, pages, phrases, shelves) is looked for in all of them.
/// </summary>
public static class DeskParts
{
    // By name, because the leaves refer to this assembly and not the other way round.
    private static readonly string[] Leaves = ["Solodesk.Knowledge", "Solodesk.Chat"];

    public static IReadOnlyList<Assembly> Assemblies { get; } = [typeof(DeskParts).Assembly, .. Leaves.Select(Assembly.Load)];

    internal static IReadOnlyList<Type> Types { get; } = [.. Assemblies.SelectMany(a => a.GetTypes()).Where(t => t is { IsClass: true, IsAbstract: false })];
}
