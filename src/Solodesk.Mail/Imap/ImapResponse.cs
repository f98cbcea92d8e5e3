namespace Solodesk.Mail.Imap;

/// <summary>What kind of line began a response.</summary>
internal enum ImapResponseKind
{
    /// <summary>“+”: the server waits for more.</summary>
    Continuation,

    /// <summary>“*”: data or news.</summary>
    Untagged,

    /// <summary>Our tag: the command is over.</summary>
    Tagged,
}

/// <summary>A response of the server, taken apart (RFC 9051 §7).</summary>
internal sealed record ImapResponse(ImapResponseKind Kind)
{
    /// <summary>The tag of a tagged response.</summary>
    public string Tag { get; init; } = "";

    /// <summary>The name in upper case: OK, NO, BAD, BYE, PREAUTH, FETCH, LIST, EXISTS …</summary>
    public string Name { get; init; } = "";

    /// <summary>The number in front of the name (<c>* 5 EXISTS</c>).</summary>
    public uint Number { get; init; }

    /// <summary>The name of the response code in brackets, in upper case; empty when there is none.</summary>
    public string Code { get; init; } = "";

    /// <summary>What follows the name of the response code.</summary>
    public string CodeText { get; init; } = "";

    /// <summary>The words for people, or what follows “+”.</summary>
    public string Words { get; init; } = "";

    /// <summary>The data.</summary>
    public IReadOnlyList<ImapValue> Values { get; init; } = [];

    public bool IsOk => Name == "OK";
}
