using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Solodesk.Common;

namespace Solodesk.Api;

/// <summary>Addresses below <c>/api</c> that do not exist say so as a problem, not as a page.</summary>
internal sealed class UnknownApi : IEndpoints
{
    // Takes the context itself: the generated binding of .NET 10 forgets the pattern of a fallback and would catch every address.
    public void Map(IEndpointRouteBuilder routes)
        => routes.MapFallback("/api/{**rest}", (HttpContext context) => new Problem("request.not_found").ToAnswer().ExecuteAsync(context)).AllowAnonymous().ExcludeFromDescription();
}
