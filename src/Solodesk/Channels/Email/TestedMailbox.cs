namespace Solodesk.Channels.Email;

/// <summary>A test that was just run, for the page that shows it.</summary>
/// <param name="Mailbox">The mailbox, or empty while it is being added.</param>
/// <param name="Report">What was found.</param>
public sealed record TestedMailbox(Guid Mailbox, TestMailbox.Report Report);
