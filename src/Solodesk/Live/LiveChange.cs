using Solodesk.Tickets;

namespace Solodesk.Live;

/// <summary>"This changed": what open pages are told. They fetch the fragment that they show; nothing private travels here.</summary>
public sealed record LiveChange(Guid TicketId, long Number, TicketEventKind Kind, Guid? MessageId, Guid? ActorId);
