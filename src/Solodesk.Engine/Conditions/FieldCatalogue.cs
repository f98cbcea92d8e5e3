using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;

namespace Solodesk.Engine.Conditions;

/// <summary>The fields that conditions on one kind of object may name, as the editor sees them.</summary>
public abstract class FieldCatalogue
{
    private protected FieldCatalogue()
    {
    }

    /// <summary>The fields, in the order in which the editor offers them.</summary>
    public abstract IReadOnlyList<FieldDefinition> Fields { get; }

    /// <summary>Finds a field by its key.</summary>
    public abstract FieldDefinition? Find(string key);
}

/// <summary>The fields that conditions on <typeparamref name="T"/> may name. Immutable.</summary>
public sealed class FieldCatalogue<T> : FieldCatalogue
{
    private readonly Dictionary<string, FieldDefinition<T>> _byKey;

    /// <summary>A catalogue of these fields.</summary>
    /// <exception cref="ArgumentException">Two fields have the same key.</exception>
    public FieldCatalogue(params IReadOnlyList<FieldDefinition<T>> fields)
        : this(fields, null)
    {
    }

    private FieldCatalogue(IReadOnlyList<FieldDefinition<T>> fields, Expression<Func<T, IEnumerable<FieldChange>>>? changes)
    {
        (Definitions, ChangeSource) = (fields, changes);
        _byKey = fields.ToDictionary(field => field.Key, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FieldDefinition> Fields => Definitions;

    /// <summary>The fields with their accessors.</summary>
    public IReadOnlyList<FieldDefinition<T>> Definitions { get; }

    /// <summary>Where recorded changes of an object are found, in memory and in SQL; null when nowhere.</summary>
    public Expression<Func<T, IEnumerable<FieldChange>>>? ChangeSource { get; }

    /// <summary>The same catalogue with more fields, such as the custom ones.</summary>
    public FieldCatalogue<T> With(params IEnumerable<FieldDefinition<T>> fields) => new([.. Definitions, .. fields], ChangeSource);

    /// <summary>
    /// The same catalogue with a source of changes, such as
    /// <c>t => t.Events.Select(e => new FieldChange { Field = e.Field, From = e.From, To = e.To })</c>, so that "has changed" can be asked in SQL.
    /// </summary>
    public FieldCatalogue<T> WithChanges(Expression<Func<T, IEnumerable<FieldChange>>> source) => new(Definitions, source);

    /// <inheritdoc/>
    public override FieldDefinition? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>Finds a field by its key.</summary>
    public bool TryFind(string key, [NotNullWhen(true)] out FieldDefinition<T>? field) => _byKey.TryGetValue(key, out field);
}
