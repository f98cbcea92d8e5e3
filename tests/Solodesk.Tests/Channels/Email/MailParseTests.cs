using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Solodesk.Channels.Email;

namespace Solodesk.Tests.Channels.Email;

/// <summary><c>solodesk mail parse</c>: one line of JSON for each file, with the fields that were promised.</summary>
public sealed class MailParseTests : IDisposable
{
    private static readonly string[] Fields =
    [
        "file", "from", "reply_to", "to", "cc", "subject", "date", "message_id", "in_reply_to", "references", "text", "html", "reply", "attachments", "kind", "would_auto_reply", "bounce", "warnings",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("solodesk-parse-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_field_says_what_it_should()
    {
        var file = Save("full.eml", """
            From: =?utf-8?B?546L6Iqz?= <wang@example.cn>
            Reply-To: Office <office@example.cn>
            To: Support <support@solodesk.example>, second@solodesk.example
            Cc: copy@example.cn
            Subject: =?utf-8?B?6YCA5qy+?=
            Date: Tue, 05 Mar 2024 10:20:30 +0800
            Message-ID: <a1@example.cn>
            In-Reply-To: <q1@solodesk.example>
            References: <q0@solodesk.example> <q1@solodesk.example>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: multipart/related; boundary=r

            --r
            Content-Type: text/html; charset=utf-8

            <p onclick="x()">Thanks!</p><script>bad()</script><img src="cid:pic@x"><div class="gmail_quote"><div class="gmail_attr">On Mon, Mar 4, 2024 at 9:00 AM Support &lt;support@solodesk.example&gt; wrote:<br></div><blockquote class="gmail_quote">old words</blockquote></div>
            --r
            Content-Type: image/png; name=pic.png
            Content-ID: <pic@x>
            Content-Transfer-Encoding: base64

            AQID
            --r--
            --m
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="a b.pdf"
            Content-Transfer-Encoding: base64

            JVBERg==
            --m--
            """);
        var json = Assert.Single(await ParseAsync(0, file));

        Assert.Equal(Fields, json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(file, json.GetProperty("file").GetString());
        Assert.Equal("""{"name":"王芳","address":"wang@example.cn"}""", json.GetProperty("from").GetRawText());
        Assert.Equal("""[{"name":"Office","address":"office@example.cn"}]""", json.GetProperty("reply_to").GetRawText());
        Assert.Equal("""[{"name":"Support","address":"support@solodesk.example"},{"name":null,"address":"second@solodesk.example"}]""", json.GetProperty("to").GetRawText());
        Assert.Equal("""[{"name":null,"address":"copy@example.cn"}]""", json.GetProperty("cc").GetRawText());
        Assert.Equal("退款", json.GetProperty("subject").GetString());
        Assert.Equal("2024-03-05T10:20:30+08:00", json.GetProperty("date").GetString());
        Assert.Equal("a1@example.cn", json.GetProperty("message_id").GetString());
        Assert.Equal("""["q1@solodesk.example"]""", json.GetProperty("in_reply_to").GetRawText());
        Assert.Equal("""["q0@solodesk.example","q1@solodesk.example"]""", json.GetProperty("references").GetRawText());
        Assert.Contains("Thanks!", json.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("old words", json.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("script", json.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("onclick", json.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Equal("Thanks!", json.GetProperty("reply").GetString());
        var files = json.GetProperty("attachments").EnumerateArray().ToList();
        Assert.Equal($$"""{"name":"pic.png","type":"image/png","size":3,"sha256":"{{Convert.ToHexStringLower(SHA256.HashData([1, 2, 3]))}}","content_id":"pic@x","inline":true}""", files[0].GetRawText());
        Assert.Equal($$"""{"name":"a b.pdf","type":"application/pdf","size":4,"sha256":"{{Convert.ToHexStringLower(SHA256.HashData("%PDF"u8))}}","content_id":null,"inline":false}""", files[1].GetRawText());
        Assert.Equal("person", json.GetProperty("kind").GetString());
        Assert.True(json.GetProperty("would_auto_reply").GetBoolean());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("bounce").ValueKind);
        Assert.Equal("[]", json.GetProperty("warnings").GetRawText());
    }

    [Fact]
    public async Task A_bounce_says_for_whom_and_which_mail()
    {
        var file = Save("bounce.eml", """
            From: MAILER-DAEMON@example.org
            To: support@solodesk.example
            Subject: Undelivered
            Content-Type: multipart/report; report-type=delivery-status; boundary=r

            --r

            Sorry.
            --r
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.org

            Final-Recipient: rfc822; gone@example.net
            Action: failed
            Status: 5.1.1

            --r
            Content-Type: text/rfc822-headers

            Message-ID: <orig@solodesk.example>

            --r--
            """);
        var json = Assert.Single(await ParseAsync(0, file));
        Assert.Equal("bounce", json.GetProperty("kind").GetString());
        Assert.False(json.GetProperty("would_auto_reply").GetBoolean());
        Assert.Equal("""{"permanent":true,"recipient":"gone@example.net","original_message_id":"orig@solodesk.example"}""", json.GetProperty("bounce").GetRawText());
    }

    [Fact]
    public async Task An_empty_file_and_one_of_noise_still_make_a_whole_line()
    {
        var noise = Path.Combine(_folder, "noise.bin");
        await File.WriteAllBytesAsync(noise, [.. Enumerable.Range(0, 60_000).Select(i => (byte)(i * 7919 >> 3))], Ct);
        var lines = await ParseAsync(0, Save("empty.eml", ""), noise);
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Equal(Fields, line.EnumerateObject().Select(p => p.Name)));
        Assert.Equal(JsonValueKind.Null, lines[0].GetProperty("from").ValueKind);
        Assert.Equal("", lines[0].GetProperty("text").GetString());
        Assert.Equal("", lines[0].GetProperty("subject").GetString());
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_and_the_others_are_still_read()
    {
        var good = Save("good.eml", "Subject: hello\n\nhi\n");
        var problems = new StringWriter();
        var lines = await ParseAsync(1, problems, Path.Combine(_folder, "missing.eml"), _folder, good);
        Assert.Equal("hello", Assert.Single(lines).GetProperty("subject").GetString());
        var said = problems.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"solodesk: {Path.Combine(_folder, "missing.eml")}: There is no such file.", said[0].Trim());
        Assert.Equal($"solodesk: {_folder}: This is a folder; name the files in it.", said[1].Trim());
    }

    [Fact]
    public async Task Fifty_megabytes_are_read_by_a_command_with_a_heap_of_forty()
    {
        var file = Path.Combine(_folder, "large.eml");
        await using (var large = new StreamWriter(file, append: false, new UTF8Encoding(false)) { NewLine = "\r\n" })
        {
            await large.WriteAsync("From: ada@example.org\r\nSubject: large\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\nSee the film.\r\n--m\r\nContent-Type: video/mp4; name=film.mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n");
            var line = Convert.ToBase64String(new byte[57]);
            for (var written = 0; written < 50_000_000; written += line.Length + 2)
            {
                await large.WriteLineAsync(line);
            }

            await large.WriteAsync("--m--\r\n");
        }

        var (json, problems) = await ParseInSmallHeapAsync(file);
        Assert.Equal("", problems);
        Assert.Equal("See the film.", json.GetProperty("reply").GetString());
        Assert.InRange(json.GetProperty("attachments")[0].GetProperty("size").GetInt64(), 36_000_000, 38_000_000);
    }

    /// <summary>The command itself, in a process of its own whose whole heap is smaller than the mail.</summary>
    private static async Task<(JsonElement Line, string Problems)> ParseInSmallHeapAsync(string file)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Solodesk.Server")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["mail", "parse", file])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = "0x2800000";
        using var process = Process.Start(start)!;
        var problems = process.StandardError.ReadToEndAsync(Ct);
        var line = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        Assert.True(process.ExitCode == 0, await problems);
        return (JsonDocument.Parse(line).RootElement, await problems);
    }

    private string Save(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text.ReplaceLineEndings("\r\n"));
        return file;
    }

    private static Task<List<JsonElement>> ParseAsync(int expected, params string[] files) => ParseAsync(expected, TextWriter.Null, files);

    private static async Task<List<JsonElement>> ParseAsync(int expected, TextWriter problems, params string[] files)
    {
        using var output = new MemoryStream();
        Assert.Equal(expected, await MailParseCommand.WriteAsync(files, output, problems, Ct));
        return [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
