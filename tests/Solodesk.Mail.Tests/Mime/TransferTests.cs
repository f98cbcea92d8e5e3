using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Solodesk.Mail.Mime.Transfer;

namespace Solodesk.Mail.Tests.Mime;

public sealed class TransferTests
{
    [Fact]
    public void Base64_gives_back_what_was_encoded_however_its_lines_are_cut() => Prop.ForAll<byte[], int>((bytes, width) =>
    {
        var text = Convert.ToBase64String(bytes);
        var step = 1 + (Math.Abs(width % 80));
        var lines = string.Join("\r\n", text.Chunk(step).Select(c => new string(c)));
        return Decode(lines, TransferEncoding.Base64).SequenceEqual(bytes);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Quoted_printable_gives_back_what_was_encoded() => Prop.ForAll<byte[]>(bytes =>
    {
        var text = new StringBuilder();
        for (var i = 0; i < bytes.Length; i++)
        {
            text.Append($"={bytes[i]:X2}");
            if (i % 20 == 19) text.Append("=\r\n");
        }
        return Decode(text.ToString(), TransferEncoding.QuotedPrintable).SequenceEqual(bytes);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decoding_by_stream_and_at_once_agree_on_any_bytes() => Prop.ForAll<byte[], int>((bytes, kind) =>
    {
        var encoding = (Math.Abs(kind % 3)) switch { 0 => TransferEncoding.Base64, 1 => TransferEncoding.QuotedPrintable, _ => TransferEncoding.Uuencode };
        var all = TransferDecoder.DecodeAll(bytes, encoding, int.MaxValue, out _).ToArray();
        using var stream = new DecodingStream(bytes, encoding);
        using var copy = new MemoryStream();
        stream.CopyTo(copy, 7);
        return copy.ToArray().SequenceEqual(all) && TransferDecoder.CountDecoded(bytes, encoding) == all.Length;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_large_attachment_decodes_the_same_in_small_pieces()
    {
        var data = new byte[300_001];
        new Random(5).NextBytes(data);
        var text = Encoding.ASCII.GetBytes(Convert.ToBase64String(data, Base64FormattingOptions.InsertLineBreaks));
        using var stream = new DecodingStream(text, TransferEncoding.Base64);
        using var copy = new MemoryStream();
        stream.CopyTo(copy, 1000);
        Assert.Equal(data, copy.ToArray());
        Assert.Equal(data.Length, TransferDecoder.CountDecoded(text, TransferEncoding.Base64));
    }

    [Theory]
    [InlineData("BASE64", "Base64")]
    [InlineData(" \"base64\" (comment)", "Base64")]
    [InlineData("quoted-printable;", "QuotedPrintable")]
    [InlineData("Quoted_Printable", "QuotedPrintable")]
    [InlineData("8-bit", "Identity")]
    [InlineData("x-uue", "Uuencode")]
    [InlineData("", "Identity")]
    [InlineData("x-yencode", "Yenc")]
    [InlineData("text/html", "Unknown")]
    public void Encoding_names_are_read_as_they_are_written(string value, string expected) => Assert.Equal(expected, TransferEncodings.Parse(value).ToString());

    private static byte[] Decode(string text, TransferEncoding encoding) => TransferDecoder.DecodeAll(Encoding.ASCII.GetBytes(text), encoding, int.MaxValue, out _).ToArray();
}
