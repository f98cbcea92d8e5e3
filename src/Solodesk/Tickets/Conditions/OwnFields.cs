using Solodesk.Engine.Conditions;
using Field = Solodesk.Engine.Conditions.FieldDefinition<Solodesk.Tickets.Conditions.TicketScope>;

namespace Solodesk.Tickets.Conditions;

/// <summary>The founder's own fields as conditions name them: <c>ticket.custom.size</c>.</summary>
internal static class OwnFields
{
    public static Field Of(CustomField field)
    {
        var key = field.Key;
        var name = $"{Prefix(field.Target)}{key}";
        var label = Labels.Given(field.Label);
        Choice[] choices = [.. field.Options.Select(o => new Choice(o, Labels.Given(o)))];
        return (field.Target, field.Kind) switch
        {
            (CustomFieldTarget.Ticket, CustomFieldKind.Number) => Field.EachNumber(name, label, s => s.TicketValues.Where(v => v.Key == key).Select(v => v.Number)),
            (CustomFieldTarget.Ticket, CustomFieldKind.Date) => Field.EachDate(name, label, s => s.TicketValues.Where(v => v.Key == key).Select(v => v.At)),
            (CustomFieldTarget.Ticket, CustomFieldKind.Checkbox) => Field.EachBoolean(name, label, s => s.TicketValues.Where(v => v.Key == key).Select(v => (bool?)(v.Text == "yes"))),
            (CustomFieldTarget.Ticket, CustomFieldKind.Select) => Field.EachChoice(name, label, s => s.TicketValues.Where(v => v.Key == key).Select(v => v.Text), choices),
            (CustomFieldTarget.Ticket, CustomFieldKind.MultiSelect) => Field.Tags(name, label, s => s.TicketValues.Where(v => v.Key == key).Select(v => v.Text), choices),
            (CustomFieldTarget.Ticket, CustomFieldKind.Text) => Field.EachText(name, label, s => s.TicketValues.Where(v => v.Key == key).Select(v => v.Folded), folded: true),

            (CustomFieldTarget.Customer, CustomFieldKind.Number) => Field.EachNumber(name, label, s => s.CustomerValues.Where(v => v.Key == key).Select(v => v.Number)),
            (CustomFieldTarget.Customer, CustomFieldKind.Date) => Field.EachDate(name, label, s => s.CustomerValues.Where(v => v.Key == key).Select(v => v.At)),
            (CustomFieldTarget.Customer, CustomFieldKind.Checkbox) => Field.EachBoolean(name, label, s => s.CustomerValues.Where(v => v.Key == key).Select(v => (bool?)(v.Text == "yes"))),
            (CustomFieldTarget.Customer, CustomFieldKind.Select) => Field.EachChoice(name, label, s => s.CustomerValues.Where(v => v.Key == key).Select(v => v.Text), choices),
            (CustomFieldTarget.Customer, CustomFieldKind.MultiSelect) => Field.Tags(name, label, s => s.CustomerValues.Where(v => v.Key == key).Select(v => v.Text), choices),
            (CustomFieldTarget.Customer, CustomFieldKind.Text) => Field.EachText(name, label, s => s.CustomerValues.Where(v => v.Key == key).Select(v => v.Folded), folded: true),

            (CustomFieldTarget.Organization, CustomFieldKind.Number) => Field.EachNumber(name, label, s => s.OrganizationValues.Where(v => v.Key == key).Select(v => v.Number)),
            (CustomFieldTarget.Organization, CustomFieldKind.Date) => Field.EachDate(name, label, s => s.OrganizationValues.Where(v => v.Key == key).Select(v => v.At)),
            (CustomFieldTarget.Organization, CustomFieldKind.Checkbox) => Field.EachBoolean(name, label, s => s.OrganizationValues.Where(v => v.Key == key).Select(v => (bool?)(v.Text == "yes"))),
            (CustomFieldTarget.Organization, CustomFieldKind.Select) => Field.EachChoice(name, label, s => s.OrganizationValues.Where(v => v.Key == key).Select(v => v.Text), choices),
            (CustomFieldTarget.Organization, CustomFieldKind.MultiSelect) => Field.Tags(name, label, s => s.OrganizationValues.Where(v => v.Key == key).Select(v => v.Text), choices),
            (CustomFieldTarget.Organization, CustomFieldKind.Text) => Field.EachText(name, label, s => s.OrganizationValues.Where(v => v.Key == key).Select(v => v.Folded), folded: true),
            _ => throw new InvalidOperationException($"{field.Target} {field.Kind}"),
        };
    }

    public static string Prefix(CustomFieldTarget target) => target switch
    {
        CustomFieldTarget.Ticket => "ticket.custom.",
        CustomFieldTarget.Customer => "customer.custom.",
        CustomFieldTarget.Organization => "organization.custom.",
    };
}
