namespace Solodesk.Channels.Web;

/// <summary>Knows the business' colour, so that every page customers see wears the same one.</summary>
public interface IPublicLook
{
    /// <summary>A colour as <c>#rrggbb</c> on which white words can be read.</summary>
    Task<string> BrandAsync(CancellationToken ct);
}
