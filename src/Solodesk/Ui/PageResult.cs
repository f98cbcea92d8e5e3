using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Solodesk.Ui;

/// <summary>A whole page as the answer of an endpoint: how a refused form comes back with what was typed.</summary>
public static class PageResult
{
    public static RazorComponentResult<App> Of<TPage>(IReadOnlyDictionary<string, object?> parameters, int status = StatusCodes.Status200OK) where TPage : IComponent
        => new(new Dictionary<string, object?> { ["Given"] = new RouteData(typeof(TPage), parameters) }) { StatusCode = status };
}
