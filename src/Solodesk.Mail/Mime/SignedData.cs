using System.Formats.Asn1;

namespace Solodesk.Mail.Mime;

/// <summary>Takes the content out of an opaque S/MIME signature (RFC 8551 §3.5.2; CMS SignedData, RFC 5652 §5). The signature is not checked here.</summary>
internal static class SignedData
{
    private const string SignedDataId = "1.2.840.113549.1.7.2";

    /// <summary>The signed MIME entity; null when the bytes are something else or damaged.</summary>
    public static byte[]? Content(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var info = new AsnReader(bytes, AsnEncodingRules.BER, new AsnReaderOptions { SkipSetSortOrderVerification = true }).ReadSequence();
            if (info.ReadObjectIdentifier() != SignedDataId) return null;
            var signed = info.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
            signed.ReadInteger();
            signed.ReadSetOf();
            var content = signed.ReadSequence();
            content.ReadObjectIdentifier();
            return content.HasData ? content.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadOctetString() : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
