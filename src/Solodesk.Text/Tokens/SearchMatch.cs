namespace Solodesk.Text.Tokens;

/// <summary>How the terms of a search combine.</summary>
public enum SearchMatch
{
    /// <summary>Every term must be there: the search box.</summary>
    All,

    /// <summary>Any term will do and rank decides: a question in whole sentences.</summary>
    Any,
}
