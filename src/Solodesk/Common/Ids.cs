using System.Buffers.Text;
using System.Security.Cryptography;

namespace Solodesk.Common;

/// <summary>Row ids that sort by time, and tokens that cannot be guessed.</summary>
public static class Ids
{
    public static Guid New(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow());

    /// <summary>A URL-safe token of 160 random bits for public links.</summary>
    public static string Token() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(20));
}
