namespace Solodesk.Tickets;

/// <summary>Pending waits on the customer; on hold waits on somebody else; closed takes no more answers.</summary>
public enum TicketStatus { New, Open, Pending, OnHold, Solved, Closed }

public enum TicketPriority { Low, Normal, High, Urgent }

public enum TicketType { Question, Incident, Problem, Task, Complaint }

/// <summary>How badly a complaint hurts; it decides the promise.</summary>
public enum ComplaintSeverity { Minor, Serious, Critical }

/// <summary>Which list a ticket stands in; derived from status and snooze, stored so that each list is one range of one index.</summary>
public enum TicketQueue { Mine, Waiting, Held, Snoozed, Solved, Closed, Spam, Merged }

/// <summary>A forward goes out to others; like a note, the customer does not see it. An aside is what those others answer.</summary>
public enum MessageKind { Inbound, Reply, Note, System, Forward, Aside }

/// <summary>What became of an outgoing message.</summary>
public enum DeliveryState { None, Queued, Sent, Failed, Cancelled }

/// <summary>What a line of a ticket's history says.</summary>
public enum TicketEventKind
{
    Opened, Received, Replied, Noted, StatusChanged, PriorityChanged, TypeChanged, CategoryChanged, TagsChanged, SubjectChanged,
    AssigneeChanged, FieldChanged, FollowersChanged, Snoozed, Woken, Reopened, Merged, Linked, RequesterChanged,
    Sent, SendFailed, Bounced, AutoReplied, ListMail, Acknowledged, Withheld, MarkedSpam, DueChanged, Read,
    Forwarded, Asided, Mentioned, Held, Scheduled, Rescheduled, SendCancelled, SendYielded,
    MergedAway, SenderBlocked, SenderUnblocked, SplitOff, SplitFrom, Unlinked, RegroupingUndone,
    BotAnswered, HandedOver, LeftChat,
    FollowUpPlanned, FollowUpMoved, FollowUpDone, FollowUpCancelled, FollowUpDue,
    SeverityChanged, ComplaintClosed, NeedsAnalysed,
    DraftChanged,
    SentAgain,
}
