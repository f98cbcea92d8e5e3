using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Solodesk.Mail.Imap;

namespace Solodesk.Mail.Tests.Imap;

public sealed class ImapParserTests
{
    private static readonly string[] Shards =
    [
        "* ", "A1 ", "+ ", "OK ", "NO ", "BYE ", "FETCH ", "LIST ", "SEARCH ", "1 ", "99999999999 ", "(", ")", "\"", "\\", "{5}", "{", "}", "~{3}", "[", "]", "BODY[", "NIL", "UID 5 ", "FLAGS ", " ",
        "[CAPABILITY ", "[UIDVALIDITY 1]", "\0", "\u00ff", "你", "1:*", "=", "\"a\\\"b\"",
    ];

    [Fact]
    public void Whatever_a_server_says_is_parsed_or_refused_and_nothing_else() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(
            Gen.Elements(Shards).ListOf().ListOf().ToArbitrary(),
            lines =>
            {
                var segments = lines.Select(line => Encoding.UTF8.GetBytes(string.Concat(line)))
                    .Select(line => new ImapSegment(line, ImapResponseReader.TryLiteral(line, out var length) ? new ImapLiteral(length, ImapContent.InMemory([])) : null))
                    .DefaultIfEmpty(new([], null)).ToList();
                try
                {
                    if (FetchItems.Of(ImapParser.Parse(segments)) is { } items)
                    {
                        Assert.InRange(items.Size, 0, long.MaxValue);
                    }
                }
                catch (FormatException)
                {
                    // refused
                }

                return true;
            }));

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var line = Encoding.ASCII.GetBytes("* 1 FETCH " + new string('(', 100_000));

        Assert.Throws<FormatException>(() => ImapParser.Parse([new(line, null)]));
    }

    [Fact]
    public void Any_mailbox_name_survives_modified_UTF7() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(
            Gen.Elements("a", "&", "-", "&-", "已发送", "🎉", "/", ",", "+", "é", " ", "~", "\u007f", "\u0001").ListOf().ToArbitrary(),
            pieces =>
            {
                var name = string.Concat(pieces);
                var wire = ModifiedUtf7.Encode(name);
                return wire.All(c => c is >= ' ' and <= '~') && ModifiedUtf7.TryDecode(wire, out var read) && read == name;
            }));

    [Theory]
    [InlineData("&XfJT0ZAB-", "已发送")]
    [InlineData("~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語")]
    [InlineData("Entw&APw-rfe &- mehr", "Entwürfe & mehr")]
    public void Names_that_real_servers_use_are_read(string wire, string name)
    {
        Assert.True(ModifiedUtf7.TryDecode(wire, out var read));
        Assert.Equal(name, read);
        Assert.Equal(wire, ModifiedUtf7.Encode(name));
    }

    [Theory]
    [InlineData("R&D")]
    [InlineData("&")]
    [InlineData("&A-")]
    [InlineData("&AB-")]
    [InlineData("&U//-")]
    [InlineData("已发送")]
    public void What_is_no_modified_UTF7_is_told(string wire) => Assert.False(ModifiedUtf7.TryDecode(wire, out _));

    [Fact]
    public void Any_set_of_messages_is_written_short_and_read_back() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(
            Gen.Choose(1, 60).ListOf().ToArbitrary(),
            numbers =>
            {
                uint[] uids = [.. numbers.Select(n => (uint)n).Distinct().Order()];
                return UidSet.Read(UidSet.Write(uids)).SequenceEqual(uids);
            }));

    [Theory]
    [InlineData("1:3,7", 4)]
    [InlineData("4294967295", 1)]
    [InlineData("3:1", 3)]
    public void Sets_are_read(string set, int count) => Assert.Equal(count, UidSet.Read(set).Count);

    [Theory]
    [InlineData("1:4294967295")]
    [InlineData("1:x")]
    [InlineData("*")]
    [InlineData("4294967296")]
    public void A_set_that_is_none_or_absurd_is_refused(string set) => Assert.Throws<FormatException>(() => UidSet.Read(set));
}
