using System.Globalization;
using System.Text.RegularExpressions;
using Solodesk.Agents;
using Solodesk.Channels.Email;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.FollowUps;
using Solodesk.Knowledge.Answers;
using Solodesk.Tests.Channels.Email;
using Solodesk.Tests.Knowledge;

namespace Solodesk.Tests.House;

/// <summary>A desk with something at the addresses that people visit.</summary>
internal sealed partial class FullDesk
{
    public static readonly Guid Viewer = Guid.Parse("019b0000-0000-7000-8000-0000000000b1");

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<FullDesk> PrepareAsync(DeskApp desk)
    {
        var full = new FullDesk();
        await desk.ReadAsync(async db =>
        {
            db.Add(new Agent { Id = Viewer, Name = "Wen", Role = Role.Viewer, Language = "en", UserName = "wen@driftnote.app", Email = "wen@driftnote.app", CreatedAt = desk.Clock.GetUtcNow() });
            return await db.SaveChangesAsync(Ct);
        });
        // Nothing waits to be sent, so that only who is asked writes.
        await desk.Get<Settings>().SaveAsync(new MailSettings { Acknowledge = false }, Ct);
        await desk.AddMailboxAsync();
        var ticket = await desk.TicketAsync((await desk.ReceiveAsync(Mails.Of())).TicketId);
        var message = (await desk.MessagesAsync(ticket.Id))[0];
        var followUp = await desk.Get<PlanFollowUp>().RunAsync(desk.Founder, new(FollowUpKind.FollowUp, desk.Clock.GetUtcNow().AddDays(1)) { Ticket = ticket.Id }, Ct);
        await desk.Get<AnswerIndex>().Ready;
        full.Knows("number", ticket.Number).Knows("ticket", ticket.Number).Knows("view", "mine").Knows("key", "mine").Knows("viewkey", "mine")
            .Knows("/knowledge/", await desk.PublishAsync("怎么导出？", "点“导出”。"))
            .Knows("/customers/", ticket.CustomerId).Knows("/messages/", message.Id).Knows("/followups/", followUp.Value);
        return full;
    }

    private FullDesk Knows(string place, object value)
    {
        _values[place] = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        return this;
    }

    /// <summary>An address with what stands on this desk in its places: a value belongs to a name, or to the path before it.</summary>
    public string Address(string pattern) => Parameter().Replace(pattern, match =>
    {
        var name = match.Groups["name"].Value.TrimStart('*');
        var before = pattern[..match.Index];
        return _values.Where(v => v.Key.StartsWith('/') && before.EndsWith(v.Key, StringComparison.Ordinal)).Select(v => v.Value).FirstOrDefault()
            ?? _values.GetValueOrDefault(name.ToLowerInvariant()) ?? Plain(match.Value);
    });

    /// <summary>An address with something in its places, whether or not anything stands there.</summary>
    public static string Plain(string pattern) => Parameter().Replace(pattern, match => match.Value.Contains(":long", StringComparison.Ordinal) ? "10001" : Guid.Empty.ToString());

    [GeneratedRegex(@"\{(?<name>\*{0,2}\w+)[^{}]*\}")]
    private static partial Regex Parameter();
}
