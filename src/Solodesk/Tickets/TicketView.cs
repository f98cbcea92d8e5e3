namespace Solodesk.Tickets;

/// <summary>A list of tickets that everyone knows by name.</summary>
/// <param name="Key">Its address and phrase key.</param>
/// <param name="Queue">The list it shows; null shows every ticket that is neither spam nor merged away.</param>
/// <param name="ByPromise">Sorted by the next promise that runs out instead of the last word.</param>
/// <param name="Counted">Whether the number is of use in the navigation.</param>
public sealed record TicketView(string Key, TicketQueue? Queue, bool ByPromise, bool Counted)
{
    public static IReadOnlyList<TicketView> All { get; } =
    [
        new("mine", TicketQueue.Mine, ByPromise: true, Counted: true),
        new("waiting", TicketQueue.Waiting, ByPromise: false, Counted: true),
        new("held", TicketQueue.Held, ByPromise: false, Counted: true),
        new("snoozed", TicketQueue.Snoozed, ByPromise: false, Counted: true),
        new("solved", TicketQueue.Solved, ByPromise: false, Counted: false),
        new("closed", TicketQueue.Closed, ByPromise: false, Counted: false),
        new("spam", TicketQueue.Spam, ByPromise: false, Counted: false),
        new("all", null, ByPromise: false, Counted: false),
    ];

    public static TicketView Find(string? key) => All.FirstOrDefault(v => v.Key == key) ?? All[0];
}
