using Solodesk.Common;
using Solodesk.Engine.Sla;
using Solodesk.Tickets;

namespace Solodesk.Setup.Demo;

/// <summary>Plays a plan into the rows that the desk itself would have written: messages, history, counts, promises and list state.</summary>
internal sealed class DemoThread
{
    private readonly DemoPlan _plan;
    private readonly Actor _founder;
    private readonly Actor _customer;
    private readonly BusinessHours _hours;
    private readonly PromiseSettings _promise;
    private readonly DemoRandom _chance;

    private DemoThread(DemoPlan plan, long number, string token, Guid? category, Actor founder, BusinessHours hours, DemoRandom chance)
    {
        (_plan, _founder, _hours, _promise, _chance) = (plan, founder, hours, DemoSettled.Promise, chance);
        _customer = Actor.Customer(plan.Person.Row.Id, plan.Person.Row.Name);
        Ticket = new Ticket
        {
            Id = chance.Id(plan.CreatedAt),
            Number = number,
            Subject = plan.Subject,
            CustomerId = plan.Person.Row.Id,
            OrganizationId = plan.Person.Row.OrganizationId,
            Channel = plan.Channel,
            Priority = plan.Priority,
            Type = plan.Type,
            CategoryId = category,
            Tags = [.. plan.Tags],
            Custom = new(plan.Custom),
            AssigneeId = plan.Spam ? null : founder.Id,
            Language = plan.Person.Chinese ? "zh-Hans" : "en",
            TrackingToken = token,
            CreatedAt = plan.CreatedAt,
            UpdatedAt = plan.CreatedAt,
            LastMessageAt = plan.CreatedAt,
        };
    }

    public Ticket Ticket { get; }
    public List<Message> Messages { get; } = [];
    public List<TicketEvent> Events { get; } = [];
    public List<(Message Message, DemoFile File)> Files { get; } = [];

    public static DemoThread Play(DemoPlan plan, long number, string token, Guid? category, Actor founder, BusinessHours hours, DemoRandom chance)
    {
        var thread = new DemoThread(plan, number, token, category, founder, hours, chance);
        thread.Open();
        foreach (var step in plan.Steps)
        {
            thread.Play(step);
        }

        return thread;
    }

    private void Open()
    {
        Promise(Ticket.CreatedAt, true, true);
        Ticket.MarkSpam(_plan.Spam);
        Add(_customer, Ticket.CreatedAt, TicketEventKind.Opened, to: _plan.Channel);
    }

    private void Play(DemoStep step)
    {
        switch (step.Kind)
        {
            case DemoStepKind.Said:
                Receive(step);
                break;
            case DemoStepKind.Answered:
                Answer(step);
                break;
            case DemoStepKind.Noted:
                var note = Write(step, MessageKind.Note, _founder, "desk");
                Add(_founder, step.At, TicketEventKind.Noted, message: note.Id);
                break;
            case DemoStepKind.Status:
                Change(step.Status!.Value, step.At, step.BySystem ? Actor.System : _founder);
                break;
            case DemoStepKind.Priority:
                Add(_founder, step.At, TicketEventKind.PriorityChanged, Ticket.Priority.ToString(), step.Priority.ToString());
                Ticket.Priority = step.Priority;
                Promise(Ticket.CreatedAt, Ticket.FirstRepliedAt is null, !Ticket.IsDone);
                break;
            case DemoStepKind.Tagged:
                Add(_founder, step.At, TicketEventKind.TagsChanged, string.Join(", ", Ticket.Tags), string.Join(", ", Ticket.Tags.Append(step.Text)));
                Ticket.Tags.Add(step.Text);
                break;
            case DemoStepKind.Snoozed:
                Ticket.Snooze(step.Until);
                Add(_founder, step.At, TicketEventKind.Snoozed, to: step.Until!.Value.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
                break;
            case DemoStepKind.Failed:
                Fail(step);
                break;
            case DemoStepKind.Acknowledged:
                var sent = Write(step, MessageKind.Reply, Actor.System, _plan.Channel, automatic: true);
                Add(Actor.System, step.At, TicketEventKind.Acknowledged, message: sent.Id);
                break;
        }

        Ticket.UpdatedAt = step.At;
        Ticket.Version++;
        Ticket.Requeue();
    }

    private void Receive(DemoStep step)
    {
        var message = Write(step, MessageKind.Inbound, _customer, step.Channel ?? _plan.Channel);
        Ticket.InboundCount++;
        Ticket.Unread = !_plan.Read;
        Ticket.WaitingSince ??= step.At;
        Add(_customer, step.At, TicketEventKind.Received, message: message.Id);
        if (Ticket.Status is TicketStatus.New or TicketStatus.Open && Ticket.SnoozedUntil is null)
        {
            return;
        }

        var before = Ticket.Status;
        Ticket.SetStatus(before is TicketStatus.New ? TicketStatus.New : TicketStatus.Open, step.At);
        Resume(before, step.At);
        if (before != Ticket.Status)
        {
            Add(_customer, step.At, TicketEventKind.Reopened, before.ToString(), Ticket.Status.ToString());
        }
    }

    private void Answer(DemoStep step)
    {
        var message = Write(step, MessageKind.Reply, _founder, step.Channel ?? _plan.Channel);
        if (Ticket.Channel is "email" or "web" or "api")
        {
            message.Delivery = DeliveryState.Sent;
            message.DeliveredAt = step.At.AddSeconds(_chance.Between(2, 9));
        }

        Ticket.FirstRepliedAt ??= step.At;
        Ticket.FirstResponseDueAt = null;
        Ticket.WaitingSince = null;
        Ticket.Unread = false;
        Add(_founder, step.At, TicketEventKind.Replied, message: message.Id);
        Change(step.Status ?? TicketStatus.Pending, step.At, _founder);
    }

    private void Change(TicketStatus status, DateTimeOffset at, Actor actor)
    {
        if (status == Ticket.Status)
        {
            return;
        }

        var before = Ticket.Status;
        Ticket.SetStatus(status, at);
        Add(actor, at, TicketEventKind.StatusChanged, before.ToString(), status.ToString());
    }

    // Back from the other side's server: the answer never arrived.
    private void Fail(DemoStep step)
    {
        var last = Messages.Last(m => m.Kind == MessageKind.Reply);
        last.Delivery = DeliveryState.Failed;
        last.DeliveryProblem = step.Text;
        last.DeliveredAt = null;
        Ticket.DeliveryFailed = true;
        Add(Actor.System, step.At, TicketEventKind.SendFailed, to: step.Text, message: last.Id);
    }

    private Message Write(DemoStep step, MessageKind kind, Actor actor, string channel, bool automatic = false)
    {
        var inbound = kind == MessageKind.Inbound;
        var message = new Message
        {
            Id = _chance.Id(step.At),
            TicketId = Ticket.Id,
            Kind = kind,
            AuthorKind = actor.Kind,
            AuthorId = actor.Id,
            AuthorName = automatic ? DemoSettled.BusinessName : actor.Name,
            Channel = channel,
            CreatedAt = step.At,
            Body = step.Text,
            Quoted = step.Quoted,
            Language = kind == MessageKind.Note || _plan.Person.Chinese ? "zh-Hans" : "en",
            FromAddress = channel is "chat" or "phone" or "desk" ? null : inbound ? _plan.Person.Email : DemoSettled.Address,
            To = channel is "chat" or "phone" or "desk" ? [] : [inbound ? DemoSettled.Address : _plan.Person.Email],
            InternetId = channel == "email" ? $"{_chance.Bits():x16}@{(inbound ? _plan.Person.Email.Split('@')[1] : "driftnote.example")}" : null,
            InReplyTo = channel == "email" ? Messages.LastOrDefault(m => m.IsPublic)?.InternetId : null,
            Automatic = automatic,
            Delivery = automatic ? DeliveryState.Sent : DeliveryState.None,
            DeliveredAt = automatic ? step.At.AddSeconds(3) : null,
        };
        Messages.Add(message);
        Files.AddRange(step.Files.Select(f => (message, f)));
        Ticket.MessageCount++;
        Ticket.AttachmentCount += step.Files.Count;
        if (message.IsPublic && !automatic)
        {
            Ticket.LastMessageAt = step.At;
            Ticket.Preview = Conversation.Shorten(string.Join(' ', step.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), 200);
        }

        return message;
    }

    private void Resume(TicketStatus before, DateTimeOffset now)
    {
        if (before is TicketStatus.Solved or TicketStatus.Closed || Ticket.ResolutionDueAt is null)
        {
            Ticket.ResolutionDueAt = Promises.Due(_hours, _promise, Ticket.Priority, _promise.ResolutionHours, now);
        }
        else if (before is TicketStatus.Pending or TicketStatus.OnHold && Ticket.ResolutionDueAt > Ticket.UpdatedAt && Ticket.PausedAt is { } paused)
        {
            Ticket.ResolutionDueAt = _hours.Add(now, _hours.Between(paused, Ticket.ResolutionDueAt.Value));
        }

        Ticket.FirstResponseDueAt ??= Promises.Due(_hours, _promise, Ticket.Priority, _promise.FirstResponseHours, now);
        Ticket.PausedAt = null;
    }

    private void Promise(DateTimeOffset from, bool response, bool resolution)
    {
        Ticket.FirstResponseDueAt = response ? Promises.Due(_hours, _promise, Ticket.Priority, _promise.FirstResponseHours, from) : Ticket.FirstResponseDueAt;
        Ticket.ResolutionDueAt = resolution ? Promises.Due(_hours, _promise, Ticket.Priority, _promise.ResolutionHours, from) : Ticket.ResolutionDueAt;
    }

    private void Add(Actor actor, DateTimeOffset at, TicketEventKind kind, string? from = null, string? to = null, Guid? message = null)
        => Events.Add(TicketEvent.Of(Ticket, actor, at, kind, from, to, message));
}
