using System.Runtime.CompilerServices;

namespace Solodesk.Tests.House;

/// <summary>The sources that house tests read.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static IEnumerable<string> Sources(string below, params string[] endings)
        => Directory.EnumerateFiles(Path.Combine(Root, below), "*", SearchOption.AllDirectories)
            .Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)))
            .Where(f => !f.Contains("/node_modules/", StringComparison.Ordinal) && !f.Contains("/Migrations/", StringComparison.Ordinal)
                && !f.Contains("/artifacts/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal));

    /// <summary>The product's own sources: the core and the leaf features beside it.</summary>
    public static IEnumerable<string> ProductSources(params string[] endings)
        => DeskParts.Assemblies.SelectMany(a => Sources($"src/{a.GetName().Name}", endings));

    public static string Short(string path) => Path.GetRelativePath(Root, path);

    private static string Find([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../.."));
}
