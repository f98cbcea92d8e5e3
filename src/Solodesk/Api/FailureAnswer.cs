using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Ui;

namespace Solodesk.Api;

/// <summary>What went wrong, told where it is understood: a problem to programs, a page in words to people.</summary>
internal static partial class FailureAnswer
{
    private const int ClientClosedRequest = 499;

    public static IApplicationBuilder UseFailureAnswers(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = WriteAsync, SuppressDiagnosticsCallback = _ => true, AllowStatusCode404Response = true });
        return app;
    }

    /// <summary>A form whose antiforgery token is missing or too old: told in words before an endpoint opens the form and fails on it.</summary>
    public static IApplicationBuilder UseAntiforgeryAnswers(this IApplicationBuilder app) => app.Use((context, next)
        => context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } refused
            ? throw new AntiforgeryValidationException("The form's antiforgery token is missing or too old", refused.Error)
            : next(context));

    private static async Task WriteAsync(HttpContext context)
    {
        var exception = context.Features.Get<IExceptionHandlerFeature>()!.Error;
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = ClientClosedRequest;
            return;
        }

        var failure = Note(context, exception);
        // The handler runs outside the branch of the pipeline that had set these.
        SecurityHeaders.Write(context.Response.Headers);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Viewer.LanguageOf(context));
        if (failure.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "5";
        }

        await TellAsync(context, failure.Problem, failure.Status);
    }

    /// <summary>A refusal where no page of a feature tells it.</summary>
    public static async Task TellAsync(HttpContext context, Problem problem, int status)
    {
        if (!WantsPage(context.Request))
        {
            await new ProblemAnswer(problem, status).ExecuteAsync(context);
            return;
        }

        // What failed may have been a page: its services are spent (a navigation begins once), so this one gets its own.
        var spent = context.RequestServices;
        await using var scope = spent.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            await PageResult.Of<ErrorPage>(new Dictionary<string, object?> { [nameof(ErrorPage.Reason)] = problem, [nameof(ErrorPage.Status)] = status }, status).ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = spent;
        }
    }

    /// <summary>What went wrong, on record when it is our fault; for a form that comes back with what was typed instead of a page about the failure.</summary>
    public static Failure Note(HttpContext context, Exception exception)
    {
        var failure = Failure.Of(exception, context.RequestServices.GetRequiredService<IDatabase>());
        if (failure.Ours)
        {
            var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FailureAnswer).FullName!);
            LogFailed(log, exception, context.Request.Method, context.Request.Path, failure.Status);
        }

        return failure;
    }

    private static bool WantsPage(HttpRequest request)
        => !request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed and answered {Status}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string method, PathString path, int status);
}
