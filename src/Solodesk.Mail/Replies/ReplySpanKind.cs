namespace Solodesk.Mail.Replies;

/// <summary>What a stretch of a message body is.</summary>
public enum ReplySpanKind
{
    /// <summary>Newly written by the sender of this message.</summary>
    Written,

    /// <summary>Text of an earlier message that the reply carries along.</summary>
    Quote,

    /// <summary>The line or block that introduces a quote: "On … wrote:", "发件人：…", "-----Original Message-----".</summary>
    QuoteHeader,

    /// <summary>A signature after its delimiter, a line that an app adds, a disclaimer or a mailing-list footer.</summary>
    Signature,

    /// <summary>A message that was passed on; with nothing written above it, this is what the reader wants to see.</summary>
    Forwarded,
}
