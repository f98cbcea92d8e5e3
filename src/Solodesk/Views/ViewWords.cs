using Solodesk.Ui;

namespace Solodesk.Views;

internal static class ViewWords
{
    /// <summary>What people read for a view.</summary>
    public static string Of(this Phrases phrases, View view) => view.IsBuiltIn ? phrases[$"view.{view.Key}"] : view.Name;
}
