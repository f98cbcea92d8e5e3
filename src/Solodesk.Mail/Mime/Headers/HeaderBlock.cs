namespace Solodesk.Mail.Mime.Headers;

/// <summary>The header fields of one entity, in order.</summary>
internal sealed class HeaderBlock(IReadOnlyList<MailHeader> fields)
{
    public IReadOnlyList<MailHeader> Fields => fields;

    public MailHeader? Find(string name)
    {
        foreach (var field in fields) if (field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return field;
        return null;
    }

    public IEnumerable<MailHeader> All(string name)
    {
        foreach (var field in fields) if (field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) yield return field;
    }

    /// <summary>The first value that says anything: an empty field does not hide a full one of the same name.</summary>
    public string? Value(string name)
    {
        string? empty = null;
        foreach (var field in fields)
        {
            if (!field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            if (field.Unfolded.Length > 0) return field.Value;
            empty = "";
        }
        return empty;
    }

    public string? Unfolded(string name)
    {
        string? empty = null;
        foreach (var field in fields)
        {
            if (!field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            if (field.Unfolded.Length > 0) return field.Unfolded;
            empty = "";
        }
        return empty;
    }
}
