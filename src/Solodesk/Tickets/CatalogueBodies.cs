using Solodesk.Api;

namespace Solodesk.Tickets;

/// <summary>A category as the API gives it.</summary>
public sealed record CategoryResource
{
    public Guid Id { get; init; }
    public Guid? ParentId { get; init; }
    public required string Name { get; init; }
    public int Position { get; init; }
    public bool Archived { get; init; }
}

/// <summary>A category to add, or changes of one: absent members stay.</summary>
/// <param name="Name">At most 120 characters.</param>
/// <param name="ParentId">The category above; null is the top.</param>
/// <param name="Position">Its place among its neighbours.</param>
/// <param name="Archived">Archived categories are no longer offered.</param>
public sealed record CategoryBody(string? Name, Change<Guid?> ParentId, int? Position, bool? Archived)
{
    internal SaveCategory.Request ToRequest(Guid? id)
        => new() { Id = id, Name = Name, ParentId = ParentId.Given ? ParentId.Value ?? Guid.Empty : null, Position = Position, Archived = Archived };
}

/// <summary>A custom field as the API gives it.</summary>
public sealed record CustomFieldResource
{
    public Guid Id { get; init; }

    /// <summary>ticket, customer or organization.</summary>
    public CustomFieldTarget Target { get; init; }

    public required string Key { get; init; }
    public CustomFieldKind Kind { get; init; }
    public required string Label { get; init; }
    public required IReadOnlyList<string> Options { get; init; }
    public int Position { get; init; }
    public bool Archived { get; init; }
}

/// <summary>A custom field to declare.</summary>
/// <param name="Target">ticket, customer or organization.</param>
/// <param name="Key">Lower-case letters, digits and underscores; never changes.</param>
/// <param name="Kind">text, number, date, select, multiSelect or checkbox; never changes.</param>
/// <param name="Label">What people see.</param>
/// <param name="Options">The choices of select and multiSelect.</param>
public sealed record NewCustomFieldBody(CustomFieldTarget Target, string Key, CustomFieldKind Kind, string Label, IReadOnlyList<string>? Options = null)
{
    internal SaveCustomField.Request ToRequest() => new() { Target = Target, Key = Key, Kind = Kind, Label = Label, Options = Options };
}

/// <summary>Changes of a custom field: absent members stay.</summary>
public sealed record CustomFieldBody(string? Label, IReadOnlyList<string>? Options, int? Position, bool? Archived)
{
    internal SaveCustomField.Request ToRequest(Guid id) => new() { Id = id, Label = Label, Options = Options, Position = Position, Archived = Archived };
}

/// <summary>A prepared reply as the API gives it.</summary>
public sealed record TemplateResource
{
    public Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Markdown with variables.</summary>
    public required string Body { get; init; }

    public required string Folder { get; init; }
    public string? Language { get; init; }
    public int UseCount { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A prepared reply to add, or changes of one: absent members stay.</summary>
/// <param name="Name">At most 200 characters.</param>
/// <param name="Body">Markdown with variables.</param>
/// <param name="Folder">Where it is kept.</param>
/// <param name="Language">zh-Hans or en; null fits every customer.</param>
public sealed record TemplateBody(string? Name, string? Body, string? Folder, Change<string> Language)
{
    internal SaveTemplate.Request ToRequest(Guid? id)
        => new() { Id = id, Name = Name, Body = Body, Folder = Folder, Language = Language.Given ? Language.Value ?? "" : null };
}
