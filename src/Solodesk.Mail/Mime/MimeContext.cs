using Solodesk.Mail.Reading;

namespace Solodesk.Mail.Mime;

/// <summary>What one reading of one message shares: its options, its warnings and its budget of parts.</summary>
internal sealed class MimeContext(MailReaderOptions options)
{
    private readonly List<MailWarning> _warnings = [];

    public MailReaderOptions Options => options;

    /// <summary>True when the source is a file that will be closed: headers are then copied.</summary>
    public bool CopyHeaders { get; init; }

    /// <summary>The first charset that the message names; the best guess for raw bytes elsewhere in it.</summary>
    public string? Charset { get; set; }

    public int Parts { get; set; }

    public IReadOnlyList<MailWarning> Warnings => _warnings;

    public void Warn(string code, string detail)
    {
        if (_warnings.Count > options.MaxWarnings) return;
        foreach (var warning in _warnings) if (warning.Code == code && warning.Detail == detail) return;
        _warnings.Add(_warnings.Count < options.MaxWarnings ? new(code, detail) : new("warnings-cut", $"There are more than {options.MaxWarnings} warnings; the rest was left out."));
    }
}
