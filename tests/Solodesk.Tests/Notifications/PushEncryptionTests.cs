using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Solodesk.Notifications.Push;

namespace Solodesk.Tests.Notifications;

/// <summary>The vectors are those of RFC 8291 appendix A and RFC 8292 §2.4.</summary>
public sealed class PushEncryptionTests
{
    private const string Text = "When I grow up, I want to be a watermelon";
    private const string ServerPublic = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    private const string ServerPrivate = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    private const string BrowserPublic = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string BrowserPrivate = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
    private const string Salt = "DGv6ra1nlYgDCS1FRnbzlw";
    private const string Secret = "BTBZMqHH6r4Tts7J_aSIgg";
    private const string Body = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    [Fact]
    public void The_example_of_the_standard_comes_out_byte_for_byte()
    {
        using var server = Pair(ServerPublic, ServerPrivate);

        var body = PushEncryption.Encrypt(Encoding.UTF8.GetBytes(Text), Read(BrowserPublic), Read(Secret), server, Read(Salt));

        Assert.Equal(Body, Base64Url.EncodeToString(body));
    }

    [Fact]
    public void A_browser_reads_the_example_and_whatever_we_send()
    {
        using var browser = Pair(BrowserPublic, BrowserPrivate);
        Assert.Equal(Text, Encoding.UTF8.GetString(PushEncryption.Decrypt(Read(Body), browser, Read(Secret))));

        foreach (var length in new[] { 0, 1, 15, 16, 17, 300, PushEncryption.LargestText })
        {
            var text = RandomNumberGenerator.GetBytes(length);
            var body = PushEncryption.Encrypt(text, Read(BrowserPublic), Read(Secret));
            Assert.True(body.Length <= 4096);
            Assert.Equal(text, PushEncryption.Decrypt(body, browser, Read(Secret)));
        }
    }

    [Fact]
    public void What_was_changed_on_the_way_is_not_read()
    {
        using var browser = Pair(BrowserPublic, BrowserPrivate);
        var body = PushEncryption.Encrypt("secret"u8, Read(BrowserPublic), Read(Secret));
        foreach (var at in new[] { 0, 17, 40, body.Length - 1 })
        {
            var broken = (byte[])body.Clone();
            broken[at] ^= 1;
            if (at != 17)
            {
                Assert.ThrowsAny<CryptographicException>(() => PushEncryption.Decrypt(broken, browser, Read(Secret)));
            }
        }

        Assert.Throws<CryptographicException>(() => PushEncryption.Encrypt("x"u8, new byte[65], Read(Secret)));
    }

    [Fact]
    public void A_token_says_where_to_until_when_and_who_and_is_signed_as_the_standards_own()
    {
        // The example's signature holds by the way in which we check our own.
        const string example = "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA";
        Assert.True(Holds(example, Read("BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs")));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var token = VapidKeys.Sign(key, new Uri("https://push.example.net/push/abc?x=1"), "mailto:push@example.com", DateTimeOffset.FromUnixTimeSeconds(1453523768));

        Assert.Equal(example[..example.LastIndexOf('.')], token[..token.LastIndexOf('.')]);
        Assert.True(Holds(token, PushEncryption.Point(key.ExportParameters(false))));
    }

    private static bool Holds(string token, byte[] point)
    {
        using var key = ECDsa.Create(PushEncryption.Parameters(point));
        var cut = token.LastIndexOf('.');
        return key.VerifyData(Encoding.ASCII.GetBytes(token[..cut]), Read(token[(cut + 1)..]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static ECDiffieHellman Pair(string shown, string hidden)
    {
        var parameters = PushEncryption.Parameters(Read(shown));
        parameters.D = Read(hidden);
        return ECDiffieHellman.Create(parameters);
    }

    private static byte[] Read(string text) => Base64Url.DecodeFromChars(text);
}
