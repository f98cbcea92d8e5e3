namespace Solodesk.Channels.Web;

/// <summary>What a feature shows a customer who is about to write: answers that may spare them the wait. The shelf is scanned.</summary>
public interface IContactHelp
{
    /// <summary>The component that draws it, under the message; it gets what was typed so far as <c>Subject</c> and <c>Message</c>.</summary>
    Type Part { get; }

    /// <summary>Whether it has something that is worth looking at before this is sent.</summary>
    ValueTask<bool> KnowsAsync(string subject, string message, CancellationToken ct);
}
