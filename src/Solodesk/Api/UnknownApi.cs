using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Solodesk.Common;

namespace Solodesk.Api;

/// <summary>Addresses below <c>/api</c> that do not exist say so as a problem, not as a page.</summary>
internal sealed class UnknownApi : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
        => routes.MapFallback("/api/{**rest}", () => new Problem("request.not_found").ToAnswer()).AllowAnonymous().ExcludeFromDescription();
}
