using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Customers;
using Solodesk.Tests.Channels.Email;
using Solodesk.Tickets;

namespace Solodesk.Tests.Api;

/// <summary>An <c>Idempotency-Key</c> on every POST of the API: that none goes past it, and what it means for calls of different kinds.</summary>
public sealed class IdempotentKindsTests
{
    /// <summary>Calls that make something; <c>{ticket}</c> is the number of a ticket that is there.</summary>
    private static readonly Dictionary<string, (string Path, Func<string, HttpContent> Body)> Kinds = new(StringComparer.Ordinal)
    {
        ["a ticket"] = ("/api/v1/tickets", said => JsonContent.Create(new { subject = said, body = said, customer = new { email = "a@example.com" } })),
        ["a reply"] = ("/api/v1/tickets/{ticket}/replies", said => JsonContent.Create(new { body = said })),
        ["a note"] = ("/api/v1/tickets/{ticket}/notes", said => JsonContent.Create(new { body = said })),
        ["a customer"] = ("/api/v1/customers", said => JsonContent.Create(new { name = said })),
        ["a file"] = ("/api/v1/files", said => new MultipartFormDataContent { { new StringContent(said), "file", "notes.txt" } }),
        ["a raw mail"] = ("/api/v1/mail/raw", said => new StringContent(Mails.Of(body: said, id: $"<{said.Length}@example.com>"), Encoding.UTF8, "message/rfc822")),
    };

    public static TheoryData<string> All => [.. Kinds.Keys];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_POST_of_the_API_goes_past_the_key()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var posts = desk.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/v1/", StringComparison.Ordinal))
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true).ToList();
        var past = new List<string>();
        foreach (var post in posts)
        {
            var address = House.FullDesk.Plain(post.RoutePattern.RawText!);
            using var body = House.ViewersTests.Body(post);
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = body };
            // A key that is too long is refused by whoever looks at keys, before anybody looks at the body.
            request.Headers.Add("Idempotency-Key", new string('k', 201));
            using var answer = await client.SendAsync(request, Ct);
            if (!(await answer.Content.ReadAsStringAsync(Ct)).Contains("idempotency.key_invalid", StringComparison.Ordinal))
            {
                past.Add($"{address}: {(int)answer.StatusCode}");
            }
        }

        Assert.True(posts.Count > 35, $"only {posts.Count} addresses");
        Assert.Empty(past);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_same_key_acts_once_and_gives_the_first_answer_again(string kind)
    {
        await using var desk = new DeskApp();
        var ask = await PrepareAsync(desk, kind);

        var first = await ask("k", "once");
        var made = await CountAsync(desk);
        var second = await ask("k", "once");
        var other = await ask("k", "once and for all");

        Assert.True(first.IsSuccessStatusCode, await first.Content.ReadAsStringAsync(Ct));
        Assert.Equal(first.StatusCode, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await second.Content.ReadAsStringAsync(Ct));
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal("idempotency.mismatch", await other.ProblemAsync(422));
        Assert.Equal(made, await CountAsync(desk));

        Assert.True((await ask("another key", "once and for all")).IsSuccessStatusCode);
        Assert.NotEqual(made, await CountAsync(desk));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Two_at_once_act_once(string kind)
    {
        await using var desk = new DeskApp();
        var ask = await PrepareAsync(desk, kind);
        var before = await CountAsync(desk);
        await ask("alone", "once");
        var one = await CountAsync(desk) - before;

        var answers = await Task.WhenAll(ask("k", "twice at once"), ask("k", "twice at once"));

        Assert.Equal(before + (2 * one), await CountAsync(desk));
        Assert.Contains(answers, a => a.IsSuccessStatusCode);
        Assert.All(answers, a => Assert.True(a.IsSuccessStatusCode || a.StatusCode == HttpStatusCode.Conflict, $"{a.StatusCode}"));
    }

    private static async Task<Func<string, string, Task<HttpResponseMessage>>> PrepareAsync(DeskApp desk, string kind)
    {
        var client = await desk.ProgramAsync();
        var ticket = (await client.OpenAsync()).Text("number");
        await client.PostAsync("/api/v1/tickets", new { body = "They are known already.", customer = new { email = "a@example.com" } });
        var (path, body) = Kinds[kind];
        return (key, said) => client.SendAsync(new HttpRequestMessage(HttpMethod.Post, path.Replace("{ticket}", ticket, StringComparison.Ordinal))
        {
            Content = body(said),
            Headers = { { "Idempotency-Key", key } },
        }, Ct);
    }

    /// <summary>Everything that one of these calls could make twice.</summary>
    private static Task<int> CountAsync(DeskApp desk) => desk.ReadAsync(async db
        => await db.Set<Ticket>().CountAsync(Ct) + await db.Set<Message>().CountAsync(Ct) + await db.Set<Customer>().CountAsync(Ct) + await db.Set<Attachment>().CountAsync(Ct)
            + await db.Set<IncomingMail>().CountAsync(Ct) + await db.Set<OutgoingMail>().CountAsync(Ct));
}
