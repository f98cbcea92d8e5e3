namespace Solodesk.Mail.Reading;

/// <summary>Something in a mail that was mended, guessed, refused or cut while it was read.</summary>
/// <param name="Code">A stable name such as <c>headers-cut</c> or <c>charset-guessed</c>.</param>
/// <param name="Detail">One English sentence: what was found, and what was kept.</param>
public sealed record MailWarning(string Code, string Detail);
