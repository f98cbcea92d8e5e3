using System.Globalization;

namespace Solodesk.Mail.Imap;

/// <summary>One value of a response: an atom, a string, NIL, a literal or a list (RFC 9051 §4).</summary>
internal sealed class ImapValue
{
    public static readonly ImapValue Nil = new();

    /// <summary>The text of an atom or quoted string.</summary>
    public string? Text { get; private init; }

    /// <summary>The literal; null for other kinds.</summary>
    public ImapLiteral? Literal { get; private init; }

    public IReadOnlyList<ImapValue>? Items { get; private init; }

    public bool IsNil => Text is null && Literal is null && Items is null;

    public static ImapValue Of(string text) => new() { Text = text };

    public static ImapValue Of(ImapLiteral literal) => new() { Literal = literal };

    public static ImapValue Of(IReadOnlyList<ImapValue> items) => new() { Items = items };

    /// <summary>The text, whether it came as atom, quoted string or small literal; null for NIL, lists and what is too large.</summary>
    public string? AsText() => Text ?? Literal?.AsText();

    public bool TryNumber(out ulong number)
    {
        number = 0;
        return Text is not null && ulong.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}

/// <summary>A literal as it was received: kept, or passed over because it was larger than allowed.</summary>
/// <param name="Length">The octets that the server announced.</param>
/// <param name="Content">The octets; null when they were passed over.</param>
internal sealed record ImapLiteral(long Length, ImapContent? Content)
{
    public string? AsText()
    {
        if (Content is null || Content.IsSpooled)
        {
            return null;
        }

        using var reader = new StreamReader(Content.OpenRead(), new System.Text.UTF8Encoding(false), detectEncodingFromByteOrderMarks: false);
        return reader.ReadToEnd();
    }
}
