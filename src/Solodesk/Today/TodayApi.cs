using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;

namespace Solodesk.Today;

/// <summary><c>/api/v1/today</c>: the queue of the founder's thirty minutes, as the page shows it.</summary>
internal sealed class TodayApi : IEndpoints
{
    /// <param name="Reason">A stable word, as in <c>late</c>, <c>promise</c>, <c>waiting</c>, <c>repeat</c>, <c>value</c>.</param>
    /// <param name="Weight">Its points; the sum is the ticket's place.</param>
    public sealed record Why(string Reason, double Weight);

    /// <param name="TicketId">The ticket.</param>
    /// <param name="Number">Its number.</param>
    /// <param name="Subject">What it is about.</param>
    /// <param name="Weight">Its place in the order; higher comes first.</param>
    /// <param name="Minutes">How long it will take, by the length of what was said.</param>
    /// <param name="Reasons">Why it is here, the heaviest first.</param>
    public sealed record ToDo(Guid TicketId, long Number, string Subject, double Weight, int Minutes, IReadOnlyList<Why> Reasons);

    /// <param name="Now">What fits into thirty minutes, in order.</param>
    /// <param name="Later">What comes after.</param>
    /// <param name="Waiting">Tickets whose next move is the customer's.</param>
    /// <param name="SolvedToday">Solved since midnight.</param>
    public sealed record Queue(IReadOnlyList<ToDo> Now, IReadOnlyList<ToDo> Later, int Waiting, int SolvedToday);

    public void Map(IEndpointRouteBuilder routes)
        => routes.MapApi("today", "Tickets").MapGet("", ReadAsync).Gives<Queue>(Scopes.TicketsRead, "What to do first, and why");

    private static async Task<IResult> ReadAsync(ReadToday read, CancellationToken ct)
    {
        var view = await read.RunAsync(ct);
        return TypedResults.Ok(new Queue([.. view.Now.Select(Of)], [.. view.Later.Select(Of)], view.WaitingCount, view.SolvedToday));
    }

    private static ToDo Of(ReadToday.Item item)
        => new(item.Row.Id, item.Row.Number, item.Row.Subject, Math.Round(item.Weight, 1), item.Minutes, [.. item.Reasons.Select(r => new Why(r.Key, Math.Round(r.Weight, 1)))]);
}
