namespace Solodesk.Agents;

/// <summary>Recovery codes as people copy them: Identity makes <c>XXXXX-XXXXX</c>; case and dash may get lost on paper.</summary>
internal static class RecoveryCodes
{
    public const int Count = 10;

    public static string Normalize(string typed)
    {
        var plain = new string([.. typed.Where(char.IsLetterOrDigit)]).ToUpperInvariant();
        return plain.Length == 10 ? $"{plain[..5]}-{plain[5..]}" : plain;
    }
}
