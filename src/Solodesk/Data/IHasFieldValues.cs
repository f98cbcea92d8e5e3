namespace Solodesk.Data;

/// <summary>An entity that keeps values of declared fields by key. They are kept a second time as rows, so that conditions can ask for them in SQL.</summary>
internal interface IHasFieldValues
{
    Guid Id { get; }

    IReadOnlyDictionary<string, string> FieldValues { get; }
}
