namespace Solodesk.Mail.Writing;

/// <summary>What was decided while a draft was written.</summary>
/// <param name="MessageId">The message id, in angle brackets.</param>
/// <param name="Date">The date in its header, to the second.</param>
public sealed record WrittenMail(string MessageId, DateTimeOffset Date);
