using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Files;
using Solodesk.Tickets;

namespace Solodesk.Channels.Web;

/// <summary>
/// A customer's form, read part by part as it arrives: what was typed comes first and is never lost, whatever happens to the files
/// behind it. Files go straight to the store and wait there as unsent.
/// </summary>
internal sealed class IncomingForm
{
    private const int LongestField = 200_000;
    private const int MostFields = 60;
    private readonly Dictionary<string, StringValues> _fields = new(StringComparer.Ordinal);

    /// <summary>What was typed.</summary>
    public string this[string name] => _fields.TryGetValue(name, out var values) ? values.ToString() : "";

    public IReadOnlyList<string> All(string name) => _fields.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : [];

    /// <summary>Files that came with this post and are kept.</summary>
    public List<Attachment> Files { get; } = [];

    /// <summary>Why not everything was taken.</summary>
    public Problem? Problem { get; private set; }

    /// <param name="context">The request.</param>
    /// <param name="admit">Asked once, when the typed fields are there and before the first file is taken.</param>
    /// <param name="keep">Takes the files.</param>
    /// <param name="ct">Ends the reading.</param>
    public static async Task<IncomingForm> ReadAsync(HttpContext context, Func<Problem?> admit, KeepUpload keep, CancellationToken ct)
    {
        var form = new IncomingForm();
        try
        {
            await form.ReadPartsAsync(context, admit, keep, ct);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            form.Problem = new Problem("form.too_large") { Field = "files" };
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            // No multipart at all, or one that breaks off.
            form.Problem ??= new Problem("request.malformed");
        }

        return form;
    }

    private async Task ReadPartsAsync(HttpContext context, Func<Problem?> admit, KeepUpload keep, CancellationToken ct)
    {
        var admitted = false;
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            foreach (var (name, values) in context.Request.HasFormContentType ? await context.Request.ReadFormAsync(ct) : FormCollection.Empty)
            {
                _fields[name] = values;
            }

            Problem = await AdmitAsync(context, admit);
            return;
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > 100)
        {
            throw new InvalidDataException("No boundary");
        }

        var parts = new MultipartReader(boundary, context.Request.Body);
        while (await parts.ReadNextSectionAsync(ct) is { } part)
        {
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition))
            {
                continue;
            }

            if (!disposition.IsFileDisposition())
            {
                await TakeFieldAsync(HeaderUtilities.RemoveQuotes(disposition.Name).ToString(), part, ct);
                continue;
            }

            if (!admitted && (Problem = await AdmitAsync(context, admit)) is not null)
            {
                return;
            }

            admitted = true;
            await TakeFileAsync(context, disposition, part, keep, ct);
        }

        Problem ??= admitted ? null : await AdmitAsync(context, admit);
    }

    private async Task TakeFieldAsync(string name, MultipartSection part, CancellationToken ct)
    {
        using var text = new StreamReader(part.Body, Encoding.UTF8);
        var buffer = new char[LongestField];
        var length = await text.ReadBlockAsync(buffer, ct);
        if (_fields.Count < MostFields || _fields.ContainsKey(name))
        {
            _fields[name] = StringValues.Concat(_fields.GetValueOrDefault(name), new string(buffer, 0, length));
        }
    }

    private async Task TakeFileAsync(HttpContext context, ContentDispositionHeaderValue disposition, MultipartSection part, KeepUpload keep, CancellationToken ct)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
        if (name.Length == 0)
        {
            return; // The field was left empty.
        }

        if (Files.Count >= FileLimits.MaxFiles)
        {
            Problem ??= new Problem("form.too_many_files", FileLimits.MaxFiles) { Field = "files" };
            return;
        }

        try
        {
            var kept = await keep.RunAsync(Actor.Customer(Guid.Empty, ""), name, part.ContentType, part.Body, ct);
            if (kept.Ok)
            {
                Files.Add(kept.Value);
            }
            else
            {
                Problem ??= kept.Problem.Code == "file.too_large" ? new Problem("form.file_too_large", name, kept.Problem.Values[0]) { Field = "files" } : kept.Problem;
            }
        }
        catch (Exception e) when (e is not InvalidDataException and not OperationCanceledException && (e is not IOException || Failure.IsFull(e) || Failure.IsUnwritable(e)))
        {
            // Ours: another IOException is the visitor's connection. The words that came before the file are not lost for it.
            var failure = FailureAnswer.Note(context, e);
            Problem ??= failure.Problem.Code == "storage.full" ? new Problem("form.disk_full") { Field = "files" } : failure.Problem with { Field = "files" };
        }
    }

    /// <summary>The antiforgery token stands among the fields; the framework finds it there.</summary>
    private async Task<Problem?> AdmitAsync(HttpContext context, Func<Problem?> admit)
    {
        context.Features.Set<IFormFeature>(new FormFeature(new FormCollection(_fields)));
        var antiforgery = (IAntiforgery)context.RequestServices.GetService(typeof(IAntiforgery))!;
        return await antiforgery.IsRequestValidAsync(context) ? admit() : new Problem("antiforgery");
    }
}
