using System.Collections;
using System.Globalization;
using System.Text;
using QRCoder;

namespace Solodesk.Agents;

/// <summary>The secret of one-time codes as an authenticator app takes it: a link, and the link as a QR code.</summary>
internal static class AuthenticatorLink
{
    public static string Of(string issuer, string account, string secret)
        => $"otpauth://totp/{Uri.EscapeDataString($"{issuer}:{account}")}?secret={secret}&issuer={Uri.EscapeDataString(issuer)}&digits=6";

    /// <summary>The dark modules as one SVG path on a grid of modules, and how many modules a side has.</summary>
    public static (string Path, int Size) Drawing(string link)
    {
        using var code = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            AppendRow(path, rows[y], y);
        }

        return (path.ToString(), rows.Count);
    }

    /// <summary>The secret in groups of four, for typing it by hand.</summary>
    public static string Spaced(string secret) => string.Join(' ', secret.Chunk(4).Select(c => new string(c)));

    private static void AppendRow(StringBuilder path, BitArray row, int y)
    {
        for (var x = 0; x < row.Count; x++)
        {
            var from = x;
            while (x < row.Count && row[x])
            {
                x++;
            }

            if (x > from)
            {
                path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1H{from}z");
            }
        }
    }
}
