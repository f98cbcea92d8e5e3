using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Solodesk.Agents.Pages;
using Solodesk.Ui;

namespace Solodesk.Agents;

/// <summary>How often one address may try to sign in or to set up; the lockout of an account stands beside it.</summary>
internal static class SignInLimits
{
    public const string Policy = "signin";
    private const int PerMinute = 20;

    public static void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(Policy, context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
        options.OnRejected = static async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "60";
            if (rejected.HttpContext.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            {
                await PageResult.Of<TooManyPage>(new Dictionary<string, object?>(), StatusCodes.Status429TooManyRequests).ExecuteAsync(rejected.HttpContext);
            }
        };
    }
}
