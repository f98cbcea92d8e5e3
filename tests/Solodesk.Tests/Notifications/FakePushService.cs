using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Solodesk.Notifications.Push;

namespace Solodesk.Tests.Notifications;

/// <summary>A push service on this machine, and the browser behind it: takes what is sent, answers as it is told, and reads the messages.</summary>
internal sealed class FakePushService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ECDiffieHellman _browser = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    private FakePushService(WebApplication app) => _app = app;

    public const string Endpoint = "https://push.example/send/one";

    public byte[] Secret { get; } = RandomNumberGenerator.GetBytes(PushEncryption.SecretLength);

    public byte[] Key => PushEncryption.Point(_browser.ExportParameters(false));

    /// <summary>What it answers.</summary>
    public HttpStatusCode Answer { get; set; } = HttpStatusCode.Created;

    public string? RetryAfter { get; set; }

    public ConcurrentQueue<(string Text, IHeaderDictionary Headers)> Received { get; } = new();

    public static async Task<FakePushService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = new FakePushService(builder.Build());
        service._app.MapPost("/send/{id}", service.TakeAsync);
        await service._app.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    /// <summary>The way there: every push address leads to this machine.</summary>
    public HttpMessageHandler Way() => new ToHere(new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _browser.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Received.Enqueue((Encoding.UTF8.GetString(PushEncryption.Decrypt(body.ToArray(), _browser, Secret)), new HeaderDictionary(context.Request.Headers.ToDictionary(h => h.Key, h => h.Value))));
        context.Response.StatusCode = (int)Answer;
        if (RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = RetryAfter;
        }
    }

    private sealed class ToHere(Uri here) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(here, request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
