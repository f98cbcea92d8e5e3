using Microsoft.Extensions.DependencyInjection;
using Solodesk.Chat.Settings;
using Solodesk.Chat.Talk;
using Solodesk.Common;
using Solodesk.Ui;

namespace Solodesk.Chat.Protocol;

/// <summary>One widget's side of the conversation, whatever carries the frames: hello first, then everything else in the order it comes.</summary>
internal sealed class VisitorSession(IServiceProvider services, string address, Func<ReadOnlyMemory<byte>, CancellationToken, Task> send, CancellationTokenSource closed) : IDisposable
{
    private readonly ChatLinks _links = services.GetRequiredService<ChatLinks>();
    private readonly ReadChat _read = services.GetRequiredService<ReadChat>();
    private readonly TimeProvider _clock = services.GetRequiredService<TimeProvider>();
    private Visitor? _visitor;
    private VisitorContext _context = new();
    private long _typed;

    public ChatLink? Link { get; private set; }

    /// <summary>Gives back false when this widget has nothing to look for here.</summary>
    public async Task<bool> HandleAsync(ReadOnlyMemory<byte> json, CancellationToken ct)
    {
        if (ChatJson.Read(json.Span) is not { } frame)
        {
            return false;
        }

        return await HandleAsync(frame, ct);
    }

    public async Task<bool> HandleAsync(VisitorFrame frame, CancellationToken ct)
    {
        if (frame.T == "hello")
        {
            return _visitor is null && await HelloAsync(frame, ct);
        }

        if (_visitor is null || Link is null)
        {
            return false;
        }

        Volatile.Write(ref Link.HeardAt, _clock.GetUtcNow().UtcTicks);
        switch (frame.T)
        {
            case "say":
                await SayAsync(frame, ct);
                break;
            case "person":
                await PersonAsync(frame, ct);
                break;
            case "address":
                await AddressAsync(frame, ct);
                break;
            case "solved":
                Answer(frame.Id, await services.GetRequiredService<VisitorActs>().SolveAsync(_visitor, ct));
                _links.Wake(_visitor.Id);
                break;
            case "typing":
                Typing();
                break;
            case "read":
                Read(frame);
                break;
            case "page":
                _context = Trim(frame.Context) ?? _context;
                break;
            case "p":
                Link.Send(new PongFrame());
                break;
            default:
                break; // A newer widget says more than we know.
        }

        return true;
    }

    public void Dispose()
    {
        if (Link is { } link)
        {
            _links.Remove(link);
        }
    }

    private async Task<bool> HelloAsync(VisitorFrame frame, CancellationToken ct)
    {
        var tokens = services.GetRequiredService<VisitorToken>();
        var known = await tokens.RecogniseAsync(frame, ct);
        if (!known.Ok)
        {
            await send(ChatJson.Write(Refusal(null, known.Problem, Phrases.Known(frame.Lang))), ct);
            known = await tokens.RecogniseAsync(frame with { User = null }, ct);
        }

        _visitor = known.Value;
        _context = Trim(frame.Context) ?? _context;
        var chat = await _read.OpenAsync(_visitor.Id, ct);
        if (chat is not null)
        {
            await services.GetRequiredService<CatchUp>().RunAsync(chat.Chat.Id, ct);
            _links.Attach(_visitor.Id, chat.Chat.Id, chat.Chat.TicketId, chat.Number);
        }

        Link = new ChatLink(_visitor.Id, send, _read, closed) { HeardAt = _clock.GetUtcNow().UtcTicks };
        Link.Send(new WelcomeFrame(tokens.Seal(_visitor.Id), chat?.Chat.Id, chat?.Chat.LastSeq ?? 0, chat?.Chat.DeskReadSeq ?? 0, await _read.StateAsync(chat?.Chat, _visitor, ct)));
        // What the widget shows of another conversation counts for nothing in this one.
        Link.Follow(chat is not null && frame.Talk == chat.Chat.Id.ToString() ? Math.Clamp(frame.After ?? 0, 0, chat.Chat.LastSeq) : 0);
        _links.Add(Link);
        if (chat is not null)
        {
            _links.Tell(chat.Number, "here", true);
        }
        else
        {
            await GreetAsync(ct);
        }

        // Another window of theirs may have begun the conversation while this one was shown in.
        if (_links.TalkOf(_visitor.Id) is not null)
        {
            Link.Wake();
        }

        return true;
    }

    private async Task GreetAsync(CancellationToken ct)
    {
        var bot = services.GetRequiredService<BotDesk>();
        if (await bot.GreetAsync(_visitor!, ct) is { } turn)
        {
            Link!.Send(new GreetFrame(ChatMarkup.Of(turn.Text), await bot.NameAsync(_visitor!.Language, ct), turn.Choices));
        }
    }

    private async Task SayAsync(VisitorFrame frame, CancellationToken ct)
    {
        var guard = services.GetRequiredService<ChatGuard>();
        if (guard.Hold(_visitor!.Id) is { } wait)
        {
            Link!.Send(Refusal(frame.Id, new Problem("chat.too_many"), _visitor.Language) with { Wait = (int)wait.TotalMilliseconds + 50 });
            return;
        }

        if (_links.TalkOf(_visitor.Id) is null && !guard.MayOpen(address))
        {
            Link!.Send(Refusal(frame.Id, new Problem("chat.too_many"), _visitor.Language) with { Wait = 60_000 });
            return;
        }

        Take(frame);
        var invitations = (await services.GetRequiredService<Solodesk.Data.Settings>().ReadAsync<ChatSettings>(ct)).Invitations;
        var request = new SayInChat.Request(_visitor, frame.Id ?? "", (frame.Text ?? "").Trim(), frame.Files ?? [], _context)
        {
            Invitation = frame.Rule is { } rule && rule >= 0 && rule < invitations.Count ? invitations[rule].Text : null,
        };
        try
        {
            var said = await services.GetRequiredService<ChatIntake>().SayAsync(request, ct);
            Link!.Send(said.Ok ? new OkFrame(request.ClientId, said.Value.Seq, said.Value.Conversation) : Refusal(frame.Id, said.Problem, _visitor.Language));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The disk is full, the database is away: the widget keeps it.
            Link!.Send(Refusal(frame.Id, new Problem("chat.later"), _visitor.Language) with { Wait = 5_000 });
        }
    }

    private async Task PersonAsync(VisitorFrame frame, CancellationToken ct)
    {
        Answer(frame.Id, await services.GetRequiredService<HandOver>().RunAsync(_visitor!.Id, ct));
        _links.Wake(_visitor.Id);
        await StateAsync(ct);
    }

    private async Task AddressAsync(VisitorFrame frame, CancellationToken ct)
    {
        if (VisitorToken.Address(frame.Email) is null)
        {
            Link!.Send(Refusal(frame.Id, new Problem("chat.email"), _visitor!.Language));
            return;
        }

        Take(frame);
        Answer(frame.Id, _links.TalkOf(_visitor!.Id) is null ? Done.It : await services.GetRequiredService<VisitorActs>().GiveAddressAsync(_visitor, ct));
        await StateAsync(ct);
    }

    private async Task StateAsync(CancellationToken ct)
        => Link!.Send(await _read.StateAsync((await _read.OpenAsync(_visitor!.Id, ct))?.Chat, _visitor, ct));

    private void Typing()
    {
        if (_links.TalkOf(_visitor!.Id) is { } talk && (_typed == 0 || _clock.GetElapsedTime(_typed) > TimeSpan.FromSeconds(1)))
        {
            _typed = _clock.GetTimestamp();
            _links.Tell(talk.TicketNumber, "typing", true);
        }
    }

    private void Read(VisitorFrame frame)
    {
        if (frame.Seq is > 0 and { } seq && _links.TalkOf(_visitor!.Id) is { } talk)
        {
            services.GetRequiredService<ReadMarks>().Visitor(talk.Conversation, seq);
            _links.Tell(talk.TicketNumber, "read", seq);
        }
    }

    private void Take(VisitorFrame frame)
    {
        _context = Trim(frame.Context) ?? _context;
        _visitor = _visitor! with
        {
            Email = VisitorToken.Address(frame.Email) ?? _visitor.Email,
            Name = string.IsNullOrWhiteSpace(frame.Name) ? _visitor.Name : frame.Name.Trim()[..Math.Min(100, frame.Name.Trim().Length)],
        };
    }

    private void Answer(string? id, Result<Done> result)
    {
        if (id is not null)
        {
            Link!.Send(result.Ok ? new OkFrame(id, 0, Guid.Empty) : Refusal(id, result.Problem, _visitor!.Language));
        }
    }

    private NoFrame Refusal(string? id, Problem problem, string language)
        => new(id, problem.Code, services.GetRequiredService<Phrases>().In(language, $"problem.{problem.Code}", problem.Values));

    // A page may say anything about itself: it is shown to the founder, so it is kept short and plain.
    private static VisitorContext? Trim(VisitorContext? given) => given is null ? null : new VisitorContext
    {
        Page = Cut(given.Page, 500),
        Title = Cut(given.Title, 200),
        Referrer = Cut(given.Referrer, 500),
        Browser = Cut(given.Browser, 300),
        Locale = Cut(given.Locale, 40),
        Zone = Cut(given.Zone, 60),
        Pages = [.. given.Pages.TakeLast(10).Select(p => Cut(p, 300)!)],
    };

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
