using Microsoft.AspNetCore.Routing;

namespace Solodesk.Common;

/// <summary>A feature's addresses. The shelf is scanned, so adding a file adds its endpoints.</summary>
public interface IEndpoints
{
    void Map(IEndpointRouteBuilder routes);
}
