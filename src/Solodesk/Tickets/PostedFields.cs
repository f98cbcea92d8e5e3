using Microsoft.AspNetCore.Http;

namespace Solodesk.Tickets;

/// <summary>The own fields among what a form posts: <c>custom.&lt;key&gt;</c>, several choices one a line, empty for one that was cleared.</summary>
internal static class PostedFields
{
    private const string Prefix = "custom.";

    /// <summary>Null when the form shows none.</summary>
    public static Dictionary<string, string>? Of(IFormCollection form)
    {
        var fields = form.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(k => k[Prefix.Length..], k => string.Join('\n', form[k].Where(v => !string.IsNullOrEmpty(v))));
        return fields.Count > 0 ? fields : null;
    }
}
