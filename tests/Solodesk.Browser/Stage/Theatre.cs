using Microsoft.Playwright;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Browser.Stage;

/// <summary>What every journey needs once: the published server and a real Chromium. A journey is skipped by name where a program is missing.</summary>
public sealed class Theatre : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private PublishedServer? _published;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private PostOffice? _post;
    private readonly Dictionary<(string Language, bool GoesOn), PreparedDesk> _prepared = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    /// <summary>A desk of its own, running.</summary>
    internal async Task<DeskServer> NewDeskAsync(params IReadOnlyList<string> more)
    {
        var desk = await UnstartedDeskAsync(more);
        await desk.StartAsync(Ct);
        return desk;
    }

    /// <summary>A desk that goes on from a prepared one.</summary>
    internal async Task<DeskServer> NewDeskAsync(PreparedDesk prepared, IReadOnlyList<string> more)
    {
        var desk = await UnstartedDeskAsync(more);
        desk.TakeOver(prepared.Folder);
        await desk.StartAsync(Ct);
        return desk;
    }

    /// <summary>The desk that journeys begin with which are not about the first visit; its post office is the same for all of them.</summary>
    internal async Task<PreparedDesk> PreparedAsync(string language, bool goesOn)
    {
        if (!_prepared.TryGetValue((language, goesOn), out var prepared))
        {
            _post ??= await NewPostOfficeAsync(FirstVisit.Mailbox);
            _prepared[(language, goesOn)] = prepared = await PreparedDesk.MakeAsync(this, _post, new Look(language), goesOn);
        }

        return prepared;
    }

    internal static Task<PostOffice> NewPostOfficeAsync(string sender)
    {
        Assert.SkipUnless(DovecotServer.IsInstalled, "Dovecot is not installed (Debian: dovecot-imapd and dovecot-lmtpd).");
        Assert.SkipUnless(AiosmtpdServer.IsInstalled, "aiosmtpd is not installed (Debian: python3-aiosmtpd).");
        return PostOffice.OpenAsync(sender, Ct);
    }

    /// <summary>A person with a browser that knows nothing yet, or what another one <paramref name="knows"/>.</summary>
    internal async Task<IBrowserContext> NewVisitorAsync(DeskServer desk, Look look, string? knows = null)
    {
        Assert.SkipUnless(File.Exists(Chromium), "Chromium is not installed (Debian: chromium).");
        Assertions.SetDefaultExpectTimeout(20_000);
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = desk.Address,
            StorageState = knows,
            Locale = look.Language,
            ViewportSize = new() { Width = look.Width, Height = look.Width < 600 ? 844 : 900 },
            ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = look.Scripts,
            HasTouch = look.Touch,
            IsMobile = look.Touch,
            // The policy of the pages admits no script of others, and axe is one.
            BypassCSP = look.ForInspection,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(20_000);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        foreach (var prepared in _prepared.Values)
        {
            prepared.Dispose();
        }

        if (_post is not null)
        {
            await _post.DisposeAsync();
        }

        _playwright?.Dispose();
        _published?.Dispose();
    }

    private async Task<DeskServer> UnstartedDeskAsync(IReadOnlyList<string> more)
    {
        _published ??= await PublishedServer.FindAsync(Ct);
        return new DeskServer(_published, more);
    }
}

/// <summary>How somebody looks at the desk.</summary>
public sealed record Look(string Language = "zh-CN", int Width = 1440)
{
    public bool Dark { get; init; }
    public bool Scripts { get; init; } = true;
    public bool ForInspection { get; init; }

    /// <summary>Whether it is a phone: fingers, and no pointer that hovers.</summary>
    public bool Touch { get; init; }

    public bool Narrow => Width < 600;

    public override string ToString() => $"{Language} {Width}{(Dark ? " dark" : "")}";
}
