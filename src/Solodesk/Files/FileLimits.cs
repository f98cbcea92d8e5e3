using System.Globalization;
using Solodesk.Common;

namespace Solodesk.Files;

/// <summary>How large one file may be, in a mail as in a form.</summary>
public sealed record FileLimits
{
    public const long Megabyte = 1024 * 1024;

    /// <summary>Whole megabytes.</summary>
    public int MaxFileMegabytes { get; init; } = 25;

    /// <summary>Files of one message together, as a multiple of one file's limit.</summary>
    public const int MaxFiles = 8;

    public long MaxFileBytes => MaxFileMegabytes * Megabyte;

    /// <summary>One whole form: its files and what is typed beside them.</summary>
    public long MaxFormBytes => (MaxFiles * MaxFileBytes) + Megabyte;

    public static Problem TooLarge(long limit) => new("file.too_large", (limit / Megabyte).ToString(CultureInfo.InvariantCulture)) { Field = "files" };
}
