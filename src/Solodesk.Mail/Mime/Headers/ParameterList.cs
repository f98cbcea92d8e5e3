using System.Text;
using Solodesk.Mail.Mime.Charsets;
using Solodesk.Mail.Mime.Transfer;

namespace Solodesk.Mail.Mime.Headers;

/// <summary>
/// A value with parameters (RFC 2045 §5.1), continuations and charsets of RFC 2231 included, and the two broken ways to encode a
/// name that are commoner than the right one: encoded words in the parameter, and bare percent-encoding.
/// </summary>
internal sealed class ParameterList
{
    private readonly List<(string Name, string Value)> _parameters = [];

    private ParameterList(string value) => Value = value;

    /// <summary>What stands before the first parameter, lower case, comments removed.</summary>
    public string Value { get; }

    public IReadOnlyList<(string Name, string Value)> Parameters => _parameters;

    public string? Get(string name)
    {
        foreach (var (key, value) in _parameters) if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }

    public static ParameterList Parse(string? text)
    {
        text ??= "";
        var scan = new ParameterScanner(text);
        var list = new ParameterList(scan.Head());
        Dictionary<string, SplitParameter>? split = null;
        while (scan.Next(out var name, out var value))
        {
            if (list._parameters.Count + (split?.Count ?? 0) >= 200) break;
            var star = name.IndexOf('*', StringComparison.Ordinal);
            if (star <= 0)
            {
                if (list.Get(name) is null) list._parameters.Add((name, DecodeLoose(value)));
                continue;
            }
            split ??= new(StringComparer.OrdinalIgnoreCase);
            var key = name[..star];
            if (!split.TryGetValue(key, out var pieces)) split[key] = pieces = new SplitParameter();
            pieces.Add(name.AsSpan(star), value);
        }
        if (split is null) return list;
        foreach (var (name, pieces) in split)
        {
            var joined = pieces.Join();
            // RFC 2231's form was written for readers that know it: it wins over the plain one beside it.
            list._parameters.RemoveAll(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && joined.Length > 0);
            list._parameters.Add((name, joined));
        }
        return list;
    }

    private static string DecodeLoose(string value)
    {
        if (value.Contains("=?", StringComparison.Ordinal)) return EncodedWords.Decode(value).Trim();
        if (!value.Contains('%')) return value;
        // Percent-encoding is only believed where it makes UTF-8 beyond ASCII: "100%25.txt" may be a name.
        var bytes = SplitParameter.Percent(value, Encoding.UTF8);
        return !Ascii.IsValid(bytes) && Ascii.IsValid(value) && System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : value;
    }
}

/// <summary>One parameter in RFC 2231 pieces: <c>name*0*=</c>, <c>name*1=</c>, <c>name*=</c>.</summary>
internal sealed class SplitParameter
{
    private readonly SortedDictionary<int, (string Value, bool Encoded)> _pieces = [];

    public void Add(ReadOnlySpan<char> suffix, string value)
    {
        var encoded = suffix.EndsWith("*");
        var number = suffix.Trim('*');
        var index = number.Length == 0 ? 0 : int.TryParse(number, out var parsed) && parsed >= 0 ? parsed : _pieces.Count;
        if (_pieces.Count < 1000) _pieces.TryAdd(index, (value, encoded));
    }

    public string Join()
    {
        var bytes = new List<byte>();
        var run = new StringBuilder();
        string? charset = null;
        var first = true;
        var word = false;
        foreach (var (_, (piece, encoded)) in _pieces)
        {
            var value = piece;
            word |= value.Contains("=?", StringComparison.Ordinal);
            if (first && encoded && value.IndexOf('\'', StringComparison.Ordinal) is var quote and >= 0 && value.IndexOf('\'', quote + 1) is var second and > 0)
            {
                charset = value[..quote];
                value = value[(second + 1)..];
            }
            first = false;
            // Pieces are joined as bytes: a character may be split between them. Some senders forget the star after the number.
            if (encoded || (charset is not null && value.Contains('%')))
            {
                run.Append(value);
                continue;
            }
            Flush();
            bytes.AddRange(Encoding.UTF8.GetBytes(value));
        }
        Flush();
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes);
        var text = TextDecoding.Decode(all, charset).Text;
        // An encoded word in this form is a sender's confusion of two; one that was itself percent-encoded is the name of the file.
        return word && text.Contains("=?", StringComparison.Ordinal) ? EncodedWords.Decode(text) : text;

        // Encoded pieces that follow each other are joined before they are decoded: "%E" and "4" may stand in two.
        void Flush()
        {
            if (run.Length > 0) bytes.AddRange(Percent(run.ToString(), Encoding.UTF8));
            run.Clear();
        }
    }

    public static byte[] Percent(string value, Encoding raw)
    {
        var bytes = new List<byte>(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '%' && i + 2 < value.Length && QuotedPrintableDecoder.Hex(value[i + 1]) is var high and >= 0 && QuotedPrintableDecoder.Hex(value[i + 2]) is var low and >= 0)
            {
                bytes.Add((byte)((high << 4) | low));
                i += 2;
            }
            else if (value[i] < 0x80) bytes.Add((byte)value[i]);
            else
            {
                var length = char.IsHighSurrogate(value[i]) && i + 1 < value.Length ? 2 : 1;
                bytes.AddRange(raw.GetBytes(value.Substring(i, length)));
                i += length - 1;
            }
        }
        return [.. bytes];
    }
}
