using Microsoft.AspNetCore.Http;
using Solodesk.Common;

namespace Solodesk.Ui.Forms;

/// <summary>What somebody typed into a form that was not accepted, and why: the form comes back with it. Secrets are not repeated.</summary>
public sealed record Typed(IFormCollection? Form = null, Problem? Problem = null)
{
    public static Typed Nothing { get; } = new();

    public string Of(string name, string? otherwise = "")
        => Form is null ? otherwise ?? "" : Form.TryGetValue(name, out var typed) ? typed.ToString() : "";

    /// <summary>Whether the box is ticked; a box that is not ticked is not in a posted form at all.</summary>
    public bool Has(string name, bool otherwise = false) => Form is null ? otherwise : Form.ContainsKey(name);

    public IReadOnlyList<string> All(string name, IReadOnlyList<string>? otherwise = null)
        => Form is null ? otherwise ?? [] : [.. Form[name].OfType<string>()];

    /// <summary>Several choices under one name, one a line.</summary>
    public string Lines(string name, string? otherwise = "")
        => Form is null ? otherwise ?? "" : string.Join('\n', Form[name].Where(v => !string.IsNullOrEmpty(v)));

    /// <summary>The problem, if it is about this field.</summary>
    public Problem? At(string name) => Problem?.Field == name ? Problem : null;

    /// <summary>The problem, if it is about the form as a whole.</summary>
    public Problem? Whole => Problem is { Field: null } ? Problem : null;

    public Dictionary<string, object?> AsParameters() => new() { ["Typed"] = this };
}
