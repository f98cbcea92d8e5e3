namespace Solodesk.Browser.Stage;

/// <summary>
/// The data of a desk whose first visit is over, with its mailbox connected: a journey that is about something else goes on from a copy. The
/// visit itself is walked through once for each language, and by the journeys that are about it.
/// </summary>
internal sealed class PreparedDesk : IDisposable
{
    public required PostOffice Post { get; init; }

    public required string Folder { get; init; }

    /// <summary>The token of a program that may do everything.</summary>
    public required string Token { get; init; }

    /// <summary>What the founder's browser knows: that they are signed in.</summary>
    public required string SignedIn { get; init; }

    public static async Task<PreparedDesk> MakeAsync(Theatre theatre, PostOffice post, Look look, bool goesOn)
    {
        var ct = TestContext.Current.CancellationToken;
        var desk = await theatre.NewDeskAsync();
        try
        {
            await using var browser = await theatre.NewVisitorAsync(desk, look);
            var page = await browser.NewPageAsync();
            var visit = new FirstVisit(page, Hand.Of(page, keyboardOnly: false), post);
            await visit.SetUpAsync();
            if (!goesOn)
            {
                await visit.StayAsync();
            }

            var token = await desk.TokenAsync(ct);
            var signedIn = await browser.StorageStateAsync();
            await desk.StopAsync();
            return new() { Post = post, Folder = desk.Data, Token = token, SignedIn = signedIn };
        }
        catch
        {
            await desk.DisposeAsync();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
