using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using Solodesk.Tests.Api;

namespace Solodesk.Tests.Install;

public sealed class InstallTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh", "今天")]
    [InlineData("en", "Today")]
    public async Task The_manifest_names_the_desk_in_both_languages_and_its_icons_exist(string lang, string today)
    {
        await using var desk = new DeskApp();
        var visitor = desk.Visitor();
        using var answer = await visitor.GetAsync($"/manifest/{lang}.webmanifest", Ct);
        Assert.Equal("application/manifest+json", answer.Content.Headers.ContentType?.MediaType);
        var manifest = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement;

        Assert.Equal(("standalone", "/"), (manifest.Text("display"), manifest.Text("start_url")));
        Assert.Equal(today, manifest.GetProperty("shortcuts")[0].Text("name"));
        Assert.Equal(["any any", "192x192 any", "512x512 any", "any maskable", "512x512 maskable"], manifest.GetProperty("icons").EnumerateArray().Select(i => $"{i.Text("sizes")} {i.Text("purpose")}"));
        foreach (var icon in manifest.GetProperty("icons").EnumerateArray())
        {
            using var found = await visitor.GetAsync(icon.Text("src"), Ct);
            Assert.Equal((HttpStatusCode.OK, icon.Text("type")), (found.StatusCode, found.Content.Headers.ContentType?.MediaType));
            if (icon.Text("type") == "image/png")
            {
                // A PNG says its width and height behind its first sixteen bytes.
                var bytes = await found.Content.ReadAsByteArrayAsync(Ct);
                Assert.Equal(icon.Text("sizes"), $"{BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16))}x{BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20))}");
            }
        }

        // Not an open address: a visitor is led to the way in.
        Assert.Equal(HttpStatusCode.Found, (await visitor.GetAsync("/manifest/fr.webmanifest", Ct)).StatusCode);
    }

    [Fact]
    public async Task The_worker_and_the_offline_page_are_there_for_everybody_and_the_desk_names_them()
    {
        await using var desk = new DeskApp();
        using var worker = await desk.Visitor().GetAsync("/sw.js", Ct);
        Assert.Equal((HttpStatusCode.OK, "text/javascript"), (worker.StatusCode, worker.Content.Headers.ContentType?.MediaType));
        Assert.Contains("/offline", await worker.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Contains("data-offline-page", await desk.Visitor().GetStringAsync("/offline", Ct), StringComparison.Ordinal);
        using var client = desk.Desk("en");
        Assert.Contains("/manifest/en.webmanifest", await client.GetStringAsync("/", Ct), StringComparison.Ordinal);
    }
}
