
namespace Solodesk.Channels.Email;

/// <summary>Tells the running mail services that settings or the outbox have changed, so that nobody waits for the next look.</summary>
public sealed class MailboxSignal
{
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next change.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    public void Raise() => Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
