using Solodesk.Ui;

namespace Solodesk.Tickets;

/// <summary>The value of an own field as people read it: a ticked box says yes in their language, several choices stand beside each other.</summary>
internal static class OwnValue
{
    public static string Shown(CustomField? field, string value, Phrases phrases)
        => field?.Kind == CustomFieldKind.Checkbox && value == "yes" ? phrases["cond.yes"] : value.Replace("\n", phrases["fields.between"], StringComparison.Ordinal);
}
