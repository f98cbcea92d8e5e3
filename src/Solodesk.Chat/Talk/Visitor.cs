using System.Security.Cryptography;
using System.Text;

namespace Solodesk.Chat.Talk;

/// <summary>Who sits before the widget, as far as it is known.</summary>
/// <param name="Id">Random and kept in a sealed token, or made from the site's own id of the person.</param>
/// <param name="SiteUser">The site's id, when its hash was right.</param>
/// <param name="Name">As the site or the visitor gave it.</param>
/// <param name="Email">As the site or the visitor gave it; not proven.</param>
/// <param name="Language"><c>zh-Hans</c> or <c>en</c>: the page's.</param>
internal sealed record Visitor(Guid Id, string? SiteUser, string? Name, string? Email, string Language)
{
    /// <summary>The same person on every device: their id is made from the site's.</summary>
    public static Guid IdOf(string siteUser) => Derived($"site-user:{siteUser}");

    /// <summary>
    /// The id of the message behind a client-made id. It cannot meet another visitor's, nor an id of the desk's own, and is the primary key:
    /// the database itself refuses to hold the same words twice.
    /// </summary>
    public Guid MessageId(string clientId) => Derived($"chat:{Id:N}:{clientId}");

    private static Guid Derived(string name)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80); // Version 8 of RFC 9562: made by a rule of our own.
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
