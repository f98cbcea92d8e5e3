namespace Solodesk.Ui;

/// <summary>The languages that the desk speaks, each by its own name.</summary>
public static class Languages
{
    public static IReadOnlyList<(string Value, string Label)> Options { get; } = [("zh-Hans", "中文"), ("en", "English")];

    public static string Name(string? language) => Options.FirstOrDefault(o => o.Value == language).Label ?? "";
}
