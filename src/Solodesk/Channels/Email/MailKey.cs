using System.Security.Cryptography;
using Solodesk.Files;

namespace Solodesk.Channels.Email;

/// <summary>The secret that signs our Message-IDs: made once and kept in the keys folder, beside the keys that the nodes of a desk share anyway.</summary>
internal sealed class MailKey(DeskFolders folders)
{
    private const int Length = 32;
    private readonly Lazy<byte[]> _key = new(() => ReadOrMake(Path.Combine(folders.Keys, "mail.key")));

    public byte[] Value => _key.Value;

    private static byte[] ReadOrMake(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
        {
            var temporary = path + Path.GetRandomFileName();
            using (var file = new FileStream(temporary, Options()))
            {
                file.Write(RandomNumberGenerator.GetBytes(Length));
                file.Flush(flushToDisk: true);
            }

            try
            {
                File.Move(temporary, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(temporary); // Another node was first: its key is the key.
            }
        }

        return File.ReadAllBytes(path) is { Length: Length } key ? key : throw new InvalidDataException($"{path} does not hold a key of {Length} bytes");
    }

    private static FileStreamOptions Options() => new()
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        UnixCreateMode = OperatingSystem.IsWindows() ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite,
    };
}
