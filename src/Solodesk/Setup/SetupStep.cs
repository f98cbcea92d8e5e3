namespace Solodesk.Setup;

/// <summary>The steps of the first visit, in order; the word is the last part of the address.</summary>
internal static class SetupStep
{
    public const string Account = "account";
    public const string Business = "business";
    public const string Industry = "industry";
    public const string Mailbox = "mailbox";
    public const string Promise = "promise";

    public static IReadOnlyList<string> All { get; } = [Account, Business, Industry, Mailbox, Promise];

    public static string? Before(string step) => Index(step) is > 1 and var i ? All[i - 1] : null;

    public static string Address(string step) => $"/setup/{step}";

    private static int Index(string step)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i] == step)
            {
                return i;
            }
        }

        return -1;
    }
}
