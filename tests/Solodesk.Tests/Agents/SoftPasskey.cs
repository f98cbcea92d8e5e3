using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Solodesk.Tests.Agents;

/// <summary>An authenticator without a device: makes a passkey (ES256, attestation "none") out of what a page would be given (WebAuthn, section 6).</summary>
internal static class SoftPasskey
{
    private const byte PresentVerifiedAttested = 0x45;

    public static string Make(string options)
    {
        using var asked = JsonDocument.Parse(options);
        var site = asked.RootElement.GetProperty("rp").TryGetProperty("id", out var rp) ? rp.GetString()! : "localhost";
        var client = JsonSerializer.SerializeToUtf8Bytes(new { type = "webauthn.create", challenge = asked.RootElement.GetProperty("challenge").GetString(), origin = "http://localhost", crossOrigin = false });
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        var id = RandomNumberGenerator.GetBytes(16);
        // COSE: kty EC2, alg ES256, crv P-256, x, y.
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, .. Bytes(point.X!), 0x22, .. Bytes(point.Y!)];
        byte[] data = [.. SHA256.HashData(Encoding.UTF8.GetBytes(site)), PresentVerifiedAttested, 0, 0, 0, 0, .. new byte[16], 0, (byte)id.Length, .. id, .. cose];
        byte[] attestation = [0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"), .. Bytes(data)];
        return JsonSerializer.Serialize(new
        {
            id = Url(id),
            rawId = Url(id),
            type = "public-key",
            clientExtensionResults = new { },
            response = new { clientDataJSON = Url(client), attestationObject = Url(attestation), transports = (string[])["internal"] },
        });
    }

    // CBOR (RFC 8949): short texts, and byte strings of up to 255 bytes.
    private static byte[] Text(string text) => [(byte)(0x60 | text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Bytes(byte[] bytes) => [0x58, checked((byte)bytes.Length), .. bytes];

    private static string Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
