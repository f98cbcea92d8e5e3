using System.Globalization;

namespace Solodesk.Mail.Smtp;

/// <summary>An enhanced status code such as <c>5.1.1</c> (RFC 3463).</summary>
/// <param name="Class">2 success, 4 persistent transient failure, 5 permanent failure.</param>
/// <param name="Subject">1 address, 2 mailbox, 3 mail system, 4 network, 5 protocol, 6 content, 7 security or policy.</param>
/// <param name="Detail">The detail within the subject.</param>
public readonly record struct EnhancedStatus(int Class, int Subject, int Detail)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Class}.{Subject}.{Detail}");

    /// <summary>Reads a code at the start of a text.</summary>
    /// <param name="text">The text of a reply line, or a status field of a delivery report (RFC 3464 §2.3.4).</param>
    /// <param name="status">The code.</param>
    /// <param name="length">How many characters it took.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out EnhancedStatus status, out int length)
    {
        status = default;
        length = 0;
        Span<int> parts = stackalloc int[3];
        for (var part = 0; part < 3; part++)
        {
            var digits = 0;
            while (digits < 3 && length + digits < text.Length && char.IsAsciiDigit(text[length + digits]))
            {
                parts[part] = parts[part] * 10 + (text[length + digits] - '0');
                digits++;
            }

            length += digits;
            if (digits == 0 || (part < 2 && (length >= text.Length || text[length++] != '.')))
            {
                return false;
            }
        }

        status = new(parts[0], parts[1], parts[2]);
        return parts[0] is 2 or 4 or 5 && (length == text.Length || text[length] is ' ' or '\t' or '(' or ';' or ',' or ':' or '-');
    }
}
