using System.Buffers;
using System.IO.MemoryMappedFiles;
using Solodesk.Mail.Reading;

namespace Solodesk.Mail.Mime;

/// <summary>The bytes of a message from a stream: an array while it is small, a memory-mapped temporary file when it is not.</summary>
internal sealed class SpooledMessage : IDisposable
{
    private readonly FileStream? _file;
    private readonly MappedMemory? _map;

    private SpooledMessage(ReadOnlyMemory<byte> bytes, bool cut, FileStream? file = null, MappedMemory? map = null)
    {
        Bytes = bytes;
        Cut = cut;
        _file = file;
        _map = map;
    }

    public ReadOnlyMemory<byte> Bytes { get; }
    public bool Cut { get; }
    public bool IsFile => _file is not null;

    public static async Task<SpooledMessage> FromAsync(Stream stream, MailReaderOptions options, CancellationToken ct)
    {
        var limit = Math.Min(options.MaxMessageBytes, int.MaxValue - 64);
        var first = await ReadStartAsync(stream, (int)Math.Min(options.SpoolAboveBytes, limit) + 1, ct).ConfigureAwait(false);
        if (first.Length <= options.SpoolAboveBytes && first.Length <= limit) return new(first, cut: false);
        if (first.Length > limit) return new(first[..(int)limit], cut: true);

        var path = Path.Combine(options.TempFolder ?? Path.GetTempPath(), Path.GetRandomFileName());
        var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        try
        {
            await file.WriteAsync(first, ct).ConfigureAwait(false);
            var cut = await CopyAsync(stream, file, limit - first.Length, ct).ConfigureAwait(false);
            await file.FlushAsync(ct).ConfigureAwait(false);
            var map = new MappedMemory(file);
            return new(map.Memory, cut, file, map);
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadStartAsync(Stream stream, int wanted, CancellationToken ct)
    {
        var buffer = new byte[Math.Min(wanted, 64 * 1024)];
        var filled = 0;
        while (filled < wanted)
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, (int)Math.Min(wanted, buffer.Length * 2L));
            var read = await stream.ReadAsync(buffer.AsMemory(filled), ct).ConfigureAwait(false);
            if (read == 0) break;
            filled += read;
        }
        return buffer.AsMemory(0, filled);
    }

    private static async Task<bool> CopyAsync(Stream stream, FileStream file, long room, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(buffer, ct).ConfigureAwait(false);
                if (read == 0) return false;
                var kept = (int)Math.Min(read, room);
                await file.WriteAsync(buffer.AsMemory(0, kept), ct).ConfigureAwait(false);
                room -= kept;
                if (kept < read) return true;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose()
    {
        _map?.Dispose();
        _file?.Dispose();
    }

    /// <summary>A file's bytes as memory. The kernel pages them in and out; the process's heap does not grow with them.</summary>
    private sealed unsafe class MappedMemory : MemoryManager<byte>
    {
        private readonly MemoryMappedFile _mapping;
        private readonly MemoryMappedViewAccessor _view;
        private readonly int _length;
        private byte* _pointer;

        public MappedMemory(FileStream file)
        {
            _length = checked((int)file.Length);
            _mapping = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            _view = _mapping.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _pointer);
        }

        public override Span<byte> GetSpan()
        {
            ObjectDisposedException.ThrowIf(_pointer is null, typeof(ParsedMail));
            return new Span<byte>(_pointer + _view.PointerOffset, _length);
        }

        public override MemoryHandle Pin(int elementIndex = 0) => new(_pointer + _view.PointerOffset + elementIndex);

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
            if (_pointer is null) return;
            _pointer = null;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _mapping.Dispose();
        }

        public void Dispose() => Dispose(true);
    }
}
