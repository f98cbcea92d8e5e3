using System.Globalization;
using Solodesk.Common;

namespace Solodesk.Files;

/// <summary>How large one file may be, in a mail as in a form.</summary>
public sealed record FileLimits
{
    public const long Megabyte = 1024 * 1024;

    /// <summary>Files of one message.</summary>
    public const int MaxFiles = 8;

    /// <summary>
    /// Where the server stops listening. Far above any limit of one file: whoever sends too much gets their form back with what they
    /// typed, and that needs the form to be read to its end.
    /// </summary>
    public const long LargestForm = 256 * Megabyte;

    /// <summary>Whole megabytes.</summary>
    public int MaxFileMegabytes { get; init; } = 25;

    public long MaxFileBytes => MaxFileMegabytes * Megabyte;

    public static Problem TooLarge(long limit) => new("file.too_large", (limit / Megabyte).ToString(CultureInfo.InvariantCulture)) { Field = "files" };
}
