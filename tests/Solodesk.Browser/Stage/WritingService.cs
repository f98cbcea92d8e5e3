using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Browser.Stage;

/// <summary>A service that speaks like OpenAI's and always writes the same.</summary>
internal sealed class WritingService : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly byte[] _answer;
    private readonly Task _serving;

    public WritingService(string says)
    {
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{TestServers.FreePort()}/v1");
        _answer = JsonSerializer.SerializeToUtf8Bytes(new
        {
            choices = new[] { new { message = new { role = "assistant", content = says }, finish_reason = "stop" } },
            usage = new { prompt_tokens = 100, completion_tokens = Encoding.UTF8.GetByteCount(says) },
        });
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                call.Response.ContentType = "application/json";
                await call.Response.OutputStream.WriteAsync(_answer);
                call.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
