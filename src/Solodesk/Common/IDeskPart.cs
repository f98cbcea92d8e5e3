using Microsoft.Extensions.DependencyInjection;

namespace Solodesk.Common;

/// <summary>
/// What a leaf assembly adds to the services beyond its shelves: what lives as long as the desk, and what runs in the background. Found by
/// the scan and made without arguments.
/// </summary>
public interface IDeskPart
{
    void AddServices(IServiceCollection services);
}
