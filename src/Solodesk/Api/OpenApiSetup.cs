using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Solodesk.Agents;

namespace Solodesk.Api;

/// <summary>The description of the API at <c>/openapi/v1.json</c>: the same on every machine, so that it can be checked in and compared.</summary>
internal static class OpenApiSetup
{
    private const string Bearer = "token";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", o =>
    {
        o.ShouldInclude = d => d.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Solodesk",
                Version = "v1",
                Description = "The customer-support desk of a company of one: everything that a person can do at the desk. See docs/api/README.md.",
            };
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Bearer] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "sdk_…",
                    Description = $"An API token, from the settings or from `solodesk token create`. Scopes: {string.Join(", ", Scopes.All)}.",
                },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
            return Task.CompletedTask;
        });
        o.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context.Description.ActionDescriptor.EndpointMetadata, context.Description.HttpMethod);
            return Task.CompletedTask;
        });
        o.AddSchemaTransformer((schema, context, _) =>
        {
            DescribeChange(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    });

    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    private static void Describe(OpenApiOperation operation, IList<object> metadata, string? method)
    {
        if (metadata.OfType<ApiAccess.ScopeMetadata>().LastOrDefault() is { } scope)
        {
            operation.Description = string.Join("\n\n", new[] { operation.Description, $"Scope: `{scope.Scope}`." }.Where(d => !string.IsNullOrEmpty(d)));
        }

        if (method == "POST")
        {
            Header(operation, "Idempotency-Key", "Any text up to 200 characters. Repeating the call with the same key gives the first answer again instead of acting twice.");
        }

        if (method is "PATCH" or "PUT" or "DELETE" && metadata.OfType<Versioned>().Any())
        {
            Header(operation, "If-Match", "The ETag that was read: refused with 412 when somebody has changed it since.");
        }
    }

    private static void Header(OpenApiOperation operation, string name, string description)
        => (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });

    // The exporter cannot look through a converter of our own: say what a member of a PATCH holds.
    private static void DescribeChange(OpenApiSchema schema, Type type)
    {
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Change<>))
        {
            return;
        }

        var held = type.GetGenericArguments()[0];
        held = Nullable.GetUnderlyingType(held) ?? held;
        (schema.Type, schema.Format) = held == typeof(Guid) ? (JsonSchemaType.String | JsonSchemaType.Null, "uuid")
            : held == typeof(DateTimeOffset) ? (JsonSchemaType.String | JsonSchemaType.Null, "date-time")
            : held == typeof(decimal) || held == typeof(double) ? (JsonSchemaType.Number | JsonSchemaType.Null, "double")
            : (JsonSchemaType.String | JsonSchemaType.Null, null);
        schema.Properties = null;
        schema.Required = null;
    }

    /// <summary>Marks addresses that take <c>If-Match</c>.</summary>
    internal sealed record Versioned;
}
