using System.Diagnostics;
using System.Text;
using Solodesk.Mail.Reading;

namespace Solodesk.Mail.Bench;

/// <summary>Messages and megabytes per second, single-threaded; the median of eleven rounds after a warm-up.</summary>
internal static class Speed
{
    private const int Rounds = 11;

    public static int Run(string corpus)
    {
        Measure("small plain mail", [Samples.Small()], 4000);
        Measure("Chinese mail, GB18030 + HTML", [Samples.Chinese()], 2000);
        Measure("10 MB mail, base64 attachment", [Samples.Large()], 3);
        Measure("10 MB mail, attachment decoded", [Samples.Large()], 3, decode: true);
        MeasureStream();
        Measure("corpus, all mails", [.. Directory.GetFiles(corpus, "*.eml").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)], 10);
        return 0;
    }

    /// <summary>A 50 MB message from a stream, its attachment hashed: what the heap had to give for it.</summary>
    private static void MeasureStream()
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var file = File.CreateText(path))
            {
                file.Write("Subject: big\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\nSee file.\r\n--B\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n");
                var line = Convert.ToBase64String(new byte[57]);
                for (var i = 0; i < 50_000_000 / 78; i++) file.Write(line + "\r\n");
                file.Write("--B--\r\n");
            }
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var start = Stopwatch.GetTimestamp();
            using var stream = File.OpenRead(path);
            using var mail = MailReader.ReadAsync(stream, null, CancellationToken.None).GetAwaiter().GetResult();
            using var content = mail.Attachments[0].OpenRead();
            System.Security.Cryptography.SHA256.HashData(content);
            Console.WriteLine($"50 MB mail from a stream, attachment hashed: {Stopwatch.GetElapsedTime(start).TotalSeconds:N2} s, {(GC.GetTotalAllocatedBytes(precise: true) - before) / 1e6:N1} MB allocated on the heap");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Measure(string name, byte[][] mails, int repeat, bool decode = false)
    {
        var rates = new List<double>();
        var buffer = new byte[64 * 1024];
        long allocated = 0;
        for (var round = -2; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < repeat; i++)
            {
                foreach (var raw in mails)
                {
                    using var mail = MailReader.Read(raw);
                    if (!decode) continue;
                    foreach (var attachment in mail.Attachments)
                    {
                        using var content = attachment.OpenRead();
                        while (content.Read(buffer) > 0)
                        {
                        }
                    }
                }
            }
            if (round < 0) continue;
            rates.Add(repeat * mails.Length / Stopwatch.GetElapsedTime(start).TotalSeconds);
            allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (repeat * mails.Length);
        }
        rates.Sort();
        var median = rates[rates.Count / 2];
        var size = mails.Average(m => (double)m.Length);
        Console.WriteLine($"{name,-34} {median,10:N0} messages/s {median * size / 1e6,9:N1} MB/s {size,12:N0} bytes each {allocated,12:N0} bytes allocated each");
    }
}

/// <summary>Mails of typical shape.</summary>
internal static class Samples
{
    private const string Headers =
        "Return-Path: <wang.fang@example.cn>\r\nReceived: from mx.example.cn (mx.example.cn [192.0.2.1]) by in.solodesk.example with ESMTPS id 4A1B2C; Tue, 05 Mar 2024 10:20:31 +0800\r\n" +
        "Received: from [10.0.0.5] by mx.example.cn with ESMTPSA id 99; Tue, 05 Mar 2024 10:20:30 +0800\r\nDKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.cn; s=s1; h=from:to:subject:date; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=dGVzdA==\r\n" +
        "Message-ID: <20240305102030.1@example.cn>\r\nIn-Reply-To: <t42@solodesk.example>\r\nReferences: <t40@solodesk.example> <t41@solodesk.example> <t42@solodesk.example>\r\nDate: Tue, 05 Mar 2024 10:20:30 +0800\r\nMIME-Version: 1.0\r\n";

    public static byte[] Small() => Encoding.ASCII.GetBytes(Headers + "From: Wang Fang <wang.fang@example.cn>\r\nTo: Support <support@solodesk.example>\r\nSubject: Re: order 20240305\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + string.Concat(Enumerable.Repeat("The order has not arrived yet, could you please look into it?\r\n", 12)));

    public static byte[] Chinese()
    {
        var gb = Encoding.GetEncoding(54936, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback);
        var text = string.Concat(Enumerable.Repeat("您好，我上周在贵店下的订单到现在还没有收到，麻烦帮我查一下物流，谢谢！\r\n", 30));
        var html = "<html><body><div style=\"font-family:微软雅黑\">" + string.Concat(Enumerable.Repeat("<p>您好，我上周在贵店下的订单到现在还没有收到，<b>麻烦</b>帮我查一下物流，谢谢！</p>\r\n", 30)) + "</body></html>";
        var subject = Convert.ToBase64String(gb.GetBytes("回复：关于订单二〇二四〇三〇五的物流问题"));
        var name = Convert.ToBase64String(gb.GetBytes("王芳"));
        var head = Headers + $"From: \"=?gb18030?B?{name}?=\" <wang.fang@example.cn>\r\nTo: support@solodesk.example\r\nSubject: =?gb18030?B?{subject}?=\r\nX-Mailer: Foxmail 7.2.25\r\nContent-Type: multipart/alternative;\r\n\tboundary=\"----=_NextPart_1\"\r\n\r\n";
        return Encoding.ASCII.GetBytes(head + Part("text/plain", text) + Part("text/html", html) + "------=_NextPart_1--\r\n");

        string Part(string type, string content) => $"------=_NextPart_1\r\nContent-Type: {type}; charset=\"gb18030\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(gb.GetBytes(content), Base64FormattingOptions.InsertLineBreaks)}\r\n";
    }

    public static byte[] Large()
    {
        var data = new byte[7_300_000];
        new Random(7).NextBytes(data);
        return Encoding.ASCII.GetBytes(Headers + "From: a@example.cn\r\nSubject: file\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nSee file.\r\n--B\r\nContent-Type: application/zip; name=file.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + Convert.ToBase64String(data, Base64FormattingOptions.InsertLineBreaks) + "\r\n--B--\r\n");
    }
}
