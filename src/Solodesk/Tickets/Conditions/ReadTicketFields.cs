using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Engine.Conditions;
using Field = Solodesk.Engine.Conditions.FieldDefinition<Solodesk.Tickets.Conditions.TicketScope>;

namespace Solodesk.Tickets.Conditions;

/// <summary>The fields of this desk: the fixed ones, and its own.</summary>
[UseCase]
public sealed class ReadTicketFields(TicketChoices choices, Settings settings, TimeProvider clock)
{
    /// <summary>For asking: own fields are only read when a condition names one.</summary>
    public async Task<FieldCatalogue<TicketScope>> ForAsync(IEnumerable<Condition> conditions, CancellationToken ct)
        => conditions.SelectMany(Leaves).Any(c => c.Field.Contains(".custom.", StringComparison.Ordinal))
            ? TicketFields.Fixed.With(await OwnAsync(ct))
            : TicketFields.Fixed;

    /// <summary>For showing: with the names of categories and agents.</summary>
    public async Task<FieldCatalogue<TicketScope>> NamedAsync(CancellationToken ct)
    {
        var categories = await choices.CategoriesAsync(ct);
        Choice[] people = [.. (await choices.PeopleAsync(ct)).Select(a => new Choice(a.Id.ToString(), Labels.Given(a.Name)))];
        return new FieldCatalogue<TicketScope>(
        [
            .. TicketFields.Fixed.Definitions.Select(field => field.Key switch
            {
                TicketFields.Category => Field.Person(field.Key, field.Label, s => s.Ticket.CategoryId, [.. categories.Select(c => new Choice(c.Id.ToString(), Labels.Given(c.Name)))]),
                TicketFields.Assignee => Field.Person(field.Key, field.Label, s => s.Ticket.AssigneeId, people),
                "ticket.followers" => Field.EachPerson(field.Key, field.Label, s => s.Ticket.FollowerIds, people),
                _ => field,
            }),
            .. await OwnAsync(ct),
        ]);
    }

    /// <summary>When, where and for whom a condition is asked.</summary>
    public async ValueTask<ConditionContext> ContextAsync(Actor actor, CancellationToken ct)
    {
        var hours = (await settings.ReadAsync<BusinessSettings>(ct)).Hours;
        return new ConditionContext(clock.GetUtcNow(), hours.Zone, hours, actor.Id?.ToString());
    }

    /// <summary>The comparisons of a condition, however deep they stand.</summary>
    internal static IEnumerable<Comparison> Leaves(Condition condition) => condition switch
    {
        AllOf all => all.Parts.SelectMany(Leaves),
        AnyOf any => any.Parts.SelectMany(Leaves),
        Not not => Leaves(not.Part),
        Comparison one => [one],
        _ => [],
    };

    private async Task<IEnumerable<Field>> OwnAsync(CancellationToken ct)
        => (await choices.FieldsAsync(ct)).Select(OwnFields.Of);
}
