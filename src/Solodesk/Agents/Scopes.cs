using Solodesk.Common;

namespace Solodesk.Agents;

/// <summary>What an API token may touch. Writing includes reading; <c>*</c> is everything.</summary>
public static class Scopes
{
    public const string TicketsRead = "tickets:read";
    public const string TicketsWrite = "tickets:write";
    public const string CustomersRead = "customers:read";
    public const string CustomersWrite = "customers:write";
    public const string SettingsRead = "settings:read";
    public const string SettingsWrite = "settings:write";
    public const string MailWrite = "mail:write";
    public const string Everything = "*";

    public static IReadOnlyList<string> All { get; } =
        [TicketsRead, TicketsWrite, CustomersRead, CustomersWrite, SettingsRead, SettingsWrite, MailWrite, Everything];

    /// <summary>Whether the scopes that were given allow what is asked.</summary>
    public static bool Cover(IEnumerable<string> given, string asked)
        => given.Any(g => g == asked || g == Everything
            || (asked.EndsWith(":read", StringComparison.Ordinal) && g == string.Concat(asked.AsSpan(0, asked.Length - 4), "write")));

    /// <summary>The role that use cases see; the scope itself was checked at the door.</summary>
    public static Role RoleOf(IReadOnlyCollection<string> given)
        => given.Contains(Everything) || given.Contains(SettingsWrite) ? Role.Owner
            : given.Any(g => g.EndsWith(":write", StringComparison.Ordinal)) ? Role.Agent
            : given.Count > 0 ? Role.Viewer
            : Role.None;

    /// <summary>Whether a person of this role has what a token needs the scope for.</summary>
    public static bool Cover(Role role, string asked) => asked switch
    {
        SettingsWrite or MailWrite or Everything => role is Role.Owner,
        TicketsWrite or CustomersWrite => role is Role.Owner or Role.Agent,
        _ => role is not Role.None,
    };
}
