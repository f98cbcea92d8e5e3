using System.Linq.Expressions;
using Solodesk.Common;

namespace Solodesk.Tickets;

/// <summary>A message of a ticket as the API gives it.</summary>
public sealed record MessageResource
{
    public Guid Id { get; init; }
    public MessageKind Kind { get; init; }
    public ActorKind AuthorKind { get; init; }
    public Guid? AuthorId { get; init; }
    public required string AuthorName { get; init; }
    public required string Channel { get; init; }

    /// <summary>What was newly written: plain text from customers, Markdown from us.</summary>
    public required string Body { get; init; }

    /// <summary>Quotes and signature of a mail, folded away.</summary>
    public string? Quoted { get; init; }

    public string? Language { get; init; }
    public string? FromAddress { get; init; }
    public required IReadOnlyList<string> To { get; init; }
    public required IReadOnlyList<string> Cc { get; init; }
    public required IReadOnlyList<string> Bcc { get; init; }

    /// <summary>Written by the desk by itself.</summary>
    public bool Automatic { get; init; }

    /// <summary>What became of an outgoing message.</summary>
    public DeliveryState Delivery { get; init; }

    public string? DeliveryProblem { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
    public DateTimeOffset? RetryAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public required IReadOnlyList<FileResource> Attachments { get; init; }

    internal static Expression<Func<Message, MessageResource>> From { get; } = m => new MessageResource
    {
        Id = m.Id,
        Kind = m.Kind,
        AuthorKind = m.AuthorKind,
        AuthorId = m.AuthorId,
        AuthorName = m.AuthorName,
        Channel = m.Channel,
        Body = m.Body,
        Quoted = m.Quoted,
        Language = m.Language,
        FromAddress = m.FromAddress,
        To = m.To,
        Cc = m.Cc,
        Bcc = m.Bcc,
        Automatic = m.Automatic,
        Delivery = m.Delivery,
        DeliveryProblem = m.DeliveryProblem,
        DeliveredAt = m.DeliveredAt,
        RetryAt = m.RetryAt,
        CreatedAt = m.CreatedAt,
        Attachments = m.Attachments.OrderBy(a => a.Id).Select(a => new FileResource(a.Id, a.Token, a.Name, a.MediaType, a.Size)).ToList(),
    };
}

/// <summary>A file: uploaded and waiting to be sent, or part of a message.</summary>
/// <param name="Id">Goes into <c>attachmentIds</c> when something is sent.</param>
/// <param name="Token">The unguessable part of its address.</param>
/// <param name="Name">Its name as it was given.</param>
/// <param name="MediaType">Its type as it was given.</param>
/// <param name="Size">Bytes.</param>
public sealed record FileResource(Guid Id, string Token, string Name, string MediaType, long Size)
{
    /// <summary>Where it is downloaded, without the host.</summary>
    public string Path => $"/files/{Token}/{Uri.EscapeDataString(Name)}";
}
