using System.Diagnostics;
using System.Text.Json;

namespace Solodesk.Mail.Tests.Writing;

/// <summary>A message as Python's own mail library reads it: a second opinion on what we write.</summary>
internal sealed record PythonMail(
    IReadOnlyDictionary<string, string> Headers, IReadOnlyList<PythonMailbox> To, IReadOnlyList<PythonPart> Parts, IReadOnlyList<string> Defects)
{
    private const string Program = """
        import sys, json, base64, hashlib
        from email import policy, message_from_binary_file
        m = message_from_binary_file(sys.stdin.buffer, policy=policy.default)
        def part(p):
            body = p.get_payload(decode=True) if not p.is_multipart() else None
            text = p.get_content() if p.get_content_maintype() == 'text' and not p.get_filename() else None
            return {'Type': p.get_content_type(), 'FileName': p.get_filename(), 'Name': p.get_param('name'),
                    'Disposition': p.get_content_disposition(), 'ContentId': p['Content-ID'], 'Transfer': p['Content-Transfer-Encoding'],
                    'Text': text, 'Bytes': base64.b64encode(body).decode() if body is not None else None}
        to = [{'Name': a.display_name, 'Address': a.addr_spec} for h in m.get_all('To', []) for a in h.addresses]
        defects = [repr(d) for p in m.walk() for d in p.defects] + [k + ': ' + repr(d) for p in m.walk() for k, v in p.items() for d in getattr(v, 'defects', ())]
        json.dump({'Headers': {k: str(v) for k, v in m.items()}, 'To': to, 'Parts': [part(p) for p in m.walk()], 'Defects': defects}, sys.stdout)
        """;

    public static async Task<PythonMail> ReadAsync(byte[] message, CancellationToken ct)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "Python 3 is not installed.");
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var output = python.StandardOutput.ReadToEndAsync(ct);
        await python.StandardInput.BaseStream.WriteAsync(message, ct);
        python.StandardInput.Close();
        return JsonSerializer.Deserialize<PythonMail>(await output)!;
    }
}

internal sealed record PythonMailbox(string Name, string Address);

internal sealed record PythonPart(string Type, string? FileName, string? Name, string? Disposition, string? ContentId, string? Transfer, string? Text, byte[]? Bytes);
