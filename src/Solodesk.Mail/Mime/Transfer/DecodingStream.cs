namespace Solodesk.Mail.Mime.Transfer;

/// <summary>Reads an encoded byte range decoded, a buffer at a time; nothing is kept.</summary>
internal sealed class DecodingStream(ReadOnlyMemory<byte> source, TransferEncoding encoding) : Stream
{
    private readonly TransferDecoder? _decoder = TransferDecoder.For(encoding);
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _position;
    private int _start;
    private int _end;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0) return 0;
        if (_decoder is null)
        {
            var count = Math.Min(buffer.Length, source.Length - _position);
            source.Span.Slice(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }
        while (_start == _end && _position < source.Length)
        {
            var (read, written) = _decoder.Decode(source.Span[_position..], _buffer);
            if (read == 0 && written == 0) _position = source.Length;
            _position += read;
            (_start, _end) = (0, written);
        }
        var taken = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, taken).CopyTo(buffer);
        _start += taken;
        return taken;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
