using System.Net.Mail;
using Solodesk.Common;

namespace Solodesk.Agents;

/// <summary>What is asked of an agent's name and address.</summary>
internal static class AgentWords
{
    public static Problem? Check(string? name, string? email)
        => string.IsNullOrWhiteSpace(name) || name.Trim().Length > 120 ? new Problem("agent.name_missing") { Field = "name" }
            : !IsAddress(email) ? new Problem("agent.email_invalid") { Field = "email" }
            : null;

    public static bool IsAddress(string? email)
        => email?.Trim() is { Length: > 2 and <= 254 } text && MailAddress.TryCreate(text, out var address) && address.Address == text && !text.Contains(' ', StringComparison.Ordinal);
}
