using System.Text;

namespace Solodesk.Mail.Writing;

/// <summary>The <c>References</c> of an answer (RFC 5322 §3.6.4), kept short enough (RFC 5537 §3.4.4).</summary>
public static class ThreadReferences
{
    /// <summary>The longest unfolded header line, name included (RFC 5537 §3.4.4).</summary>
    private const int MaxHeaderLength = 998;

    /// <summary>
    /// The references of an answer: those of the parent and then the parent itself. Where the parent has no references but answers
    /// exactly one message, that one takes their place.
    /// </summary>
    /// <param name="parentReferences">The parent's <c>References</c>, oldest first.</param>
    /// <param name="parentInReplyTo">The parent's <c>In-Reply-To</c> ids.</param>
    /// <param name="parentMessageId">The parent's own id; null when it has none.</param>
    public static IReadOnlyList<string> ForReply(
        IReadOnlyList<string> parentReferences, IReadOnlyList<string> parentInReplyTo, string? parentMessageId)
    {
        IReadOnlyList<string> older = parentReferences.Count > 0 ? parentReferences
            : parentInReplyTo.Count == 1 ? parentInReplyTo
            : [];
        return Trim(parentMessageId is null ? older : [.. older, parentMessageId]);
    }

    /// <summary>
    /// Drops what is no message id and all but the last mention of each, then cuts from the middle until the header fits 998 characters.
    /// The first and the last two always stay.
    /// </summary>
    public static IReadOnlyList<string> Trim(IReadOnlyList<string> ids)
    {
        var clean = new List<string>();
        foreach (var id in ids)
        {
            if (MessageIdText.TryNormalise(id) is not { } bracketed)
            {
                continue;
            }

            // The first message roots the thread, so a repeat of it must not move it; any other repeat counts where it stands last.
            var earlier = clean.IndexOf(bracketed);
            if (earlier == 0)
            {
                continue;
            }

            if (earlier > 0)
            {
                clean.RemoveAt(earlier);
            }

            clean.Add(bracketed);
        }

        var length = "References:".Length + clean.Sum(id => id.Length + 1);
        while (length > MaxHeaderLength && clean.Count > 3)
        {
            length -= clean[1].Length + 1;
            clean.RemoveAt(1);
        }

        return clean;
    }
}

/// <summary>The outer form of a message id (RFC 5322 §3.6.4), read leniently and written strictly.</summary>
internal static class MessageIdText
{
    /// <summary>The id in angle brackets, or null when it cannot stand in a header: empty, with spaces or control characters, or too long.</summary>
    public static string? TryNormalise(string? id)
    {
        var bare = id.AsSpan().Trim();
        if (bare is ['<', .., '>'])
        {
            bare = bare[1..^1];
        }

        if (bare.IsEmpty || Encoding.UTF8.GetByteCount(bare) > 900)
        {
            return null;
        }

        foreach (var c in bare)
        {
            if (c is <= ' ' or '<' or '>' or '\u007f' || char.IsWhiteSpace(c) || char.IsControl(c))
            {
                return null;
            }
        }

        return $"<{bare}>";
    }

    /// <summary>As <see cref="TryNormalise"/>, but an id that we chose ourselves and that cannot be written is a mistake of the caller.</summary>
    public static string Normalise(string id, string header) =>
        TryNormalise(id) ?? throw new ArgumentException($"{header}: not a message id.", nameof(id));
}
