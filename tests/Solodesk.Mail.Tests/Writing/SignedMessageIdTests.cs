using Solodesk.Mail.Writing;

namespace Solodesk.Mail.Tests.Writing;

public sealed class SignedMessageIdTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly Guid Unique = new("0198f3a2-7c11-7def-8a3b-5c6d7e8f9012");

    [Fact]
    public void A_signed_id_is_recognised_in_any_dress()
    {
        var id = SignedMessageId.Create("10042", Unique, Key, "desk.example.com");

        foreach (var seen in new[] { id, id.Trim('<', '>'), id.ToUpperInvariant(), $"  {id} " })
        {
            Assert.True(SignedMessageId.TryVerify(seen, Key, out var token));
            Assert.Equal(new("10042", Unique), token);
        }
    }

    [Fact]
    public void The_token_is_the_same_in_a_plus_address()
    {
        var address = SignedMessageId.CreateAddress("customer-desk@example.com", "10042", Unique, Key);

        Assert.InRange(address.IndexOf('@', StringComparison.Ordinal), 1, 64);
        Assert.True(SignedMessageId.TryVerifyAddress(address, Key, out var token));
        Assert.Equal(new("10042", Unique), token);
        Assert.Contains(address.Split('+')[1].Split('@')[0], SignedMessageId.Create("10042", Unique, Key, "x.org"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_changed_character_is_noticed()
    {
        var id = SignedMessageId.Create("10042", Unique, Key, "d.example").Trim('<', '>');
        var token = id[..id.IndexOf('@', StringComparison.Ordinal)];

        for (var i = 0; i < token.Length; i++)
        {
            foreach (var c in "abcdefghijklmnopqrstuvwxyz0123456789-.".Where(c => c != token[i]))
            {
                Assert.False(SignedMessageId.TryVerify(token[..i] + c + token[(i + 1)..] + "@d.example", Key, out _));
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("<>")]
    [InlineData("<a@b>")]
    [InlineData("10042.@x")]
    [InlineData(".aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@x")]
    [InlineData("工单.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@x")]
    public void What_we_never_made_is_not_ours(string? id)
    {
        Assert.False(SignedMessageId.TryVerify(id, Key, out _));
        Assert.False(SignedMessageId.TryVerifyAddress(id, Key, out _));
    }

    [Fact]
    public void Another_key_does_not_verify_and_a_short_one_is_refused()
    {
        var id = SignedMessageId.Create("10042", Unique, Key, "x.org");

        Assert.False(SignedMessageId.TryVerify(id, [.. Key.Reverse()], out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedMessageId.Create("1", Unique, new byte[8], "x.org"));
        Assert.Throws<ArgumentException>(() => SignedMessageId.Create("Has Space", Unique, Key, "x.org"));
        Assert.Throws<ArgumentException>(() => SignedMessageId.Create("1", Unique, Key, "x.org\r\nBcc: a"));
    }
}
