using System.Text;

namespace Solodesk.Mail.Mime.Charsets;

/// <summary>Single-byte charsets that the framework has no table for: bytes below the first that is told otherwise are themselves, the rest stand here.</summary>
internal sealed class TableEncoding : Encoding
{
    private const string Nordic = "\u00A0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00ADŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ";
    private const string Celtic = "\u00A0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00AD®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ";
    private const string Romanian = "\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ";

    /// <summary>VISCII (RFC 1456) from 80. Its six letters below 20 are left out: in mail those bytes are control characters.</summary>
    private const string Vietnamese = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ";

    private readonly string _upper;
    private readonly int _first;

    private TableEncoding(string upper) => (_upper, _first) = (upper, 0x100 - upper.Length);

    /// <summary>The decoder of ISO 8859-10, -14 or -16 by its number among the code pages (28590 + part), or of VISCII; null for any other.</summary>
    public static TableEncoding? For(int codePage) => codePage switch
    {
        Charset.Latin6 => new(Nordic),
        Charset.Latin8 => new(Celtic),
        Charset.Latin10 => new(Romanian),
        Charset.Viscii => new(Vietnamese),
        _ => null,
    };

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        for (var i = 0; i < byteCount; i++)
        {
            var b = bytes[byteIndex + i];
            chars[charIndex + i] = b < _first ? (char)b : _upper[b - _first];
        }
        return byteCount;
    }

    public override int GetMaxCharCount(int byteCount) => byteCount;

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetByteCount(char[] chars, int index, int count) => count;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)
    {
        for (var i = 0; i < charCount; i++)
        {
            var c = chars[charIndex + i];
            var at = c < _first ? -1 : _upper.IndexOf(c);
            bytes[byteIndex + i] = c < _first ? (byte)c : at < 0 ? (byte)'?' : (byte)(at + _first);
        }
        return charCount;
    }
}
