using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Solodesk.Chat.Settings;
using Solodesk.Chat.Talk;
using Solodesk.Common;
using Solodesk.Ui;

namespace Solodesk.Chat.Protocol;

/// <summary>Knows a visitor again: by a sealed token that only this desk can make, or by the site's word with its hash.</summary>
internal sealed class VisitorToken(IDataProtectionProvider protection, ChatSecret secret, TimeProvider clock)
{
    private readonly IDataProtector _seal = protection.CreateProtector("solodesk.chat.visitor");

    /// <summary>Who says hello. A token that cannot be opened makes a new visitor; a wrong hash is refused, because somebody may be trying names.</summary>
    public async Task<Result<Visitor>> RecogniseAsync(VisitorFrame hello, CancellationToken ct)
    {
        var language = Phrases.Known(hello.Lang);
        var email = Address(hello.User?.Email) ?? Address(hello.Email);
        if (hello.User is { Id: { Length: > 0 and <= 150 } id } user)
        {
            return await secret.ProvesAsync(id, user.Hash, ct)
                ? new Visitor(Visitor.IdOf(id), id, Name(user.Name) ?? Name(hello.Name), email, language)
                : new Problem("chat.identity");
        }

        return new Visitor(Open(hello.Token) ?? Ids.New(clock), null, Name(hello.Name), email, language);
    }

    public string Seal(Guid visitor) => _seal.Protect(visitor.ToString("N"));

    public Guid? Open(string? token)
    {
        if (token is not { Length: > 20 and < 500 })
        {
            return null;
        }

        try
        {
            return Guid.TryParseExact(_seal.Unprotect(token), "N", out var id) ? id : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static string? Address(string? email) => email?.Trim() is { } given && Solodesk.Customers.FindCustomer.IsEmail(given) ? given : null;

    private static string? Name(string? name) => string.IsNullOrWhiteSpace(name) ? null : name.Trim() is { Length: <= 100 } whole ? whole : name.Trim()[..100];
}
