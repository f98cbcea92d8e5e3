using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Solodesk.Mail.Reading;

namespace Solodesk.Mail.Tests.Reading;

/// <summary>A large mail from a stream, read by a process whose whole heap is smaller than the mail.</summary>
public sealed class SmallHeapTests
{
    private const string Marker = "SOLODESK_TEST_SMALL_HEAP";
    private const int FileBytes = 39_000_000;

    [Fact]
    public async Task Fifty_megabytes_are_read_by_a_process_with_a_heap_of_forty()
    {
        var ct = TestContext.Current.CancellationToken;
        if (Environment.GetEnvironmentVariable(Marker) is not null)
        {
            await ReadAsync(ct);
            return;
        }

        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--filter-method", $"*{nameof(Fifty_megabytes_are_read_by_a_process_with_a_heap_of_forty)}"]) start.ArgumentList.Add(argument);
        start.Environment[Marker] = "1";
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x2800000";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var problems = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        Assert.True(process.ExitCode == 0, await output + await problems);
    }

    private static async Task ReadAsync(CancellationToken ct)
    {
        Assert.InRange(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, 1, 40 * 1024 * 1024);
        await using var mail = new GeneratedMail();
        Assert.InRange(mail.Length, 50_000_000, 60_000_000);
        using var read = await MailReader.ReadAsync(mail, null, ct);

        Assert.Equal("See the file.", read.Text);
        Assert.Empty(read.Warnings);
        var file = Assert.Single(read.Attachments);
        Assert.Equal(FileBytes, file.Size);
        await using var content = file.OpenRead();
        Assert.Equal(Convert.ToHexString(mail.Hash), Convert.ToHexString(await SHA256.HashDataAsync(content, ct)));
    }

    /// <summary>A mail with one large base64 file, made while it is read.</summary>
    private sealed class GeneratedMail : Stream
    {
        private const int LineBytes = 57;
        private readonly byte[] _head = Encoding.ASCII.GetBytes("Subject: big\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\nSee the file.\r\n--B\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        private readonly byte[] _tail = "--B--\r\n"u8.ToArray();
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private byte[] _piece;
        private int _at;
        private int _made;
        private bool _ended;

        public GeneratedMail() => _piece = _head;

        public byte[] Hash => _hash.GetCurrentHash();
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => _head.Length + _tail.Length + (((long)FileBytes + LineBytes - 1) / LineBytes * 2) + (((long)FileBytes + 2) / 3 * 4);
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var written = 0;
            while (written < buffer.Length)
            {
                if (_at == _piece.Length && !Next()) break;
                var count = Math.Min(buffer.Length - written, _piece.Length - _at);
                _piece.AsSpan(_at, count).CopyTo(buffer[written..]);
                _at += count;
                written += count;
            }
            return written;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _hash.Dispose();
            base.Dispose(disposing);
        }

        private bool Next()
        {
            if (_ended) return false;
            _at = 0;
            if (_made == FileBytes)
            {
                _piece = _tail;
                _ended = true;
                return true;
            }
            Span<byte> line = stackalloc byte[Math.Min(LineBytes, FileBytes - _made)];
            for (var i = 0; i < line.Length; i++) line[i] = (byte)(((_made + i) * 2654435761L) >> 13);
            _hash.AppendData(line);
            _made += line.Length;
            _piece = Encoding.ASCII.GetBytes(Convert.ToBase64String(line) + "\r\n");
            return true;
        }
    }
}
