using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Solodesk.Common;

namespace Solodesk.Setup;

/// <summary>
/// Proof of owning the machine: printed at start while the desk has no founder, asked of every visitor who does not sit at it. Without it,
/// whoever finds a new desk on the internet first would own it.
/// </summary>
internal sealed class SetupCode
{
    // No letters or digits that look alike on a terminal: 31 signs, ten of them are 49 bits.
    private const string Signs = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private readonly string _code = RandomNumberGenerator.GetString(Signs, 10);

    public string Shown => $"{_code[..5]}-{_code[5..]}";

    /// <summary>Whether this visitor may become the founder.</summary>
    public bool Admits(HttpContext context, string? typed) => LocalVisit.Is(context) || Matches(typed);

    private bool Matches(string? typed)
    {
        var plain = new string([.. (typed ?? "").Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(plain), Encoding.ASCII.GetBytes(_code));
    }
}
