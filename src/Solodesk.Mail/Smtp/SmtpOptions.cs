using Solodesk.Mail.Net;

namespace Solodesk.Mail.Smtp;

/// <summary>Where and how to hand over mail (RFC 6409 submission, RFC 5321 relay).</summary>
public sealed record SmtpOptions : MailServerOptions
{
    /// <summary>The name given in EHLO; null takes an address literal of this end, which every server must take (RFC 5321 §4.1.4).</summary>
    public string? HelloName { get; init; }

    /// <summary>How long the server may take to accept a whole message: it may scan it first (RFC 5321 §4.5.3.2.6 asks for 10 minutes).</summary>
    public TimeSpan AcceptTimeout { get; init; } = TimeSpan.FromMinutes(10);
}
