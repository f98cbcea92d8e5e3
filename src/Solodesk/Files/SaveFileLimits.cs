using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Files;

/// <summary>Says how large one file may be.</summary>
[UseCase]
public sealed class SaveFileLimits(Settings settings)
{
    /// <summary>A form is read to its end before anything is refused; it holds more than one file.</summary>
    private const int LargestMegabytes = 200;

    public async Task<Result<FileLimits>> RunAsync(Actor actor, FileLimits wanted, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        if (wanted.MaxFileMegabytes is < 1 or > LargestMegabytes)
        {
            return new Problem("settings.out_of_range", 1, LargestMegabytes) { Field = "maxFileMegabytes" };
        }

        await settings.SaveAsync(wanted, ct);
        return wanted;
    }
}
