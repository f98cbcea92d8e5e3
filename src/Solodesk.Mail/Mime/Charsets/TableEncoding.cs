using System.Text;

namespace Solodesk.Mail.Mime.Charsets;

/// <summary>Parts of ISO 8859 that the framework has no table for. Only reading is needed: bytes below A0 are themselves, the rest stand here.</summary>
internal sealed class TableEncoding : Encoding
{
    private const string Nordic = "\u00A0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00ADŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ";
    private const string Celtic = "\u00A0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00AD®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ";
    private const string Romanian = "\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ";

    private readonly string _upper;

    private TableEncoding(string upper) => _upper = upper;

    /// <summary>The decoder of ISO 8859-10, -14 or -16 by its number among the code pages (28590 + part); null for any other.</summary>
    public static TableEncoding? For(int codePage) => codePage switch
    {
        Charset.Latin6 => new(Nordic),
        Charset.Latin8 => new(Celtic),
        Charset.Latin10 => new(Romanian),
        _ => null,
    };

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        for (var i = 0; i < byteCount; i++)
        {
            var b = bytes[byteIndex + i];
            chars[charIndex + i] = b < 0xA0 ? (char)b : _upper[b - 0xA0];
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
            var at = c < 0xA0 ? c - 0xA0 : _upper.IndexOf(c);
            bytes[byteIndex + i] = c < 0xA0 ? (byte)c : at < 0 ? (byte)'?' : (byte)(at + 0xA0);
        }
        return charCount;
    }
}
