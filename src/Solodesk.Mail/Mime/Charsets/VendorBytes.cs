namespace Solodesk.Mail.Mime.Charsets;

/// <summary>
/// Bytes that vendors' tables have and the framework's lack: NEC's copy of the IBM characters in Shift_JIS (rows ED and EE,
/// where Windows and every phone put 髙 and 﨑), and the euro sign as one byte in GBK.
/// </summary>
internal static class VendorBytes
{
    private const int RowLength = 188;

    /// <summary>A copy with equivalents that the framework knows; null when there is nothing to mend.</summary>
    public static byte[]? Mend(ReadOnlySpan<byte> bytes, int page) => page == Charset.ShiftJis ? MendShiftJis(bytes) : MendGbk(bytes);

    private static byte[]? MendShiftJis(ReadOnlySpan<byte> bytes)
    {
        byte[]? copy = null;
        for (var i = 0; i + 1 < bytes.Length; i++)
        {
            if (bytes[i] is not (>= 0x81 and <= 0x9F or >= 0xE0 and <= 0xFC)) continue;
            if (bytes[i] is 0xED or 0xEE && bytes[i + 1] is >= 0x40 and <= 0xFC and not 0x7F)
            {
                copy ??= bytes.ToArray();
                (copy[i], copy[i + 1]) = Equivalent(bytes[i], bytes[i + 1]);
            }
            i++;
        }
        return copy;
    }

    /// <summary>ED40–EEEC stand in the order of FA5C–FC4B; the last twelve are signs from elsewhere.</summary>
    private static (byte Lead, byte Trail) Equivalent(byte lead, byte trail)
    {
        var index = ((lead - 0xED) * RowLength) + trail - (trail > 0x7F ? 0x41 : 0x40);
        if (index >= 360)
        {
            return (lead, trail) switch
            {
                (0xEE, >= 0xEF and <= 0xF8) => (0xFA, (byte)(trail - 0xEF + 0x40)),
                (0xEE, 0xF9) => (0x81, 0xCA),
                (0xEE, >= 0xFA and <= 0xFC) => (0xFA, (byte)(trail - 0xFA + 0x55)),
                _ => (lead, trail),
            };
        }
        index += 0x5C - 0x40;
        var column = index % RowLength;
        return ((byte)(0xFA + (index / RowLength)), (byte)(column + (column >= 0x3F ? 0x41 : 0x40)));
    }

    private static byte[]? MendGbk(ReadOnlySpan<byte> bytes)
    {
        List<byte>? copy = null;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == 0x80)
            {
                copy ??= [.. bytes[..i]];
                copy.Add(0xA2);
                copy.Add(0xE3);
                continue;
            }
            copy?.Add(bytes[i]);
            if (bytes[i] < 0x81 || i + 1 >= bytes.Length) continue;
            i++;
            copy?.Add(bytes[i]);
        }
        return copy is null ? null : [.. copy];
    }
}
