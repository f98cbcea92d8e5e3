using Solodesk.Channels.Bot;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.Bot;

namespace Solodesk.Knowledge.Demo;

/// <summary>What the bot of the made-up company did lately: answered, asked back, and passed people on when it should.</summary>
internal static class FillConversations
{
    private sealed record Turn(string Asked, string Kind, string Reason, double Confidence, params string[] LookedAt);

    private static readonly (TimeSpan Ago, Turn[] Turns)[] Conversations =
    [
        (TimeSpan.FromHours(5),
        [
            new("笔记同步后正文空了怎么办？", nameof(BotTurnKind.Answer), BotReason.Answered, 0.91, "找回被合并的版本", "冲突时保留两份"),
            new("还是没有", nameof(BotTurnKind.HandOver), BotReason.SecondMiss, 0.18, "删除的笔记怎么恢复？"),
        ]),
        (TimeSpan.FromHours(9), [new("没有网能写吗", nameof(BotTurnKind.Answer), BotReason.Answered, 0.86, "没有网络时能用吗？")]),
        (TimeSpan.FromHours(22),
        [
            new("同步", nameof(BotTurnKind.AskBack), BotReason.TwoAnswers, 0.44, "同步一直转圈或者卡住", "找回被合并的版本", "没有网络时能用吗？"),
            new("一直转圈", nameof(BotTurnKind.Answer), BotReason.Answered, 0.88, "同步一直转圈或者卡住"),
        ]),
        (TimeSpan.FromHours(31), [new("我要退款", nameof(BotTurnKind.HandOver), BotReason.Topic, 0.62)]),
        (TimeSpan.FromHours(55), [new("鸿蒙版什么时候有", nameof(BotTurnKind.AskBack), BotReason.Rephrase, 0.12), new("找个人", nameof(BotTurnKind.HandOver), BotReason.Requested, 0)]),
    ];

    public static void Put(DeskDb db, IReadOnlyList<Article> articles, DateTimeOffset now, TimeProvider clock)
    {
        var shelf = articles.ToDictionary(a => a.Texts[0].Title);
        foreach (var (ago, turns) in Conversations)
        {
            var conversation = Ids.New(clock);
            foreach (var (turn, place) in turns.Select((t, i) => (t, i)))
            {
                var looked = turn.LookedAt.Where(shelf.ContainsKey).Select(t => shelf[t]).ToList();
                db.Add(new BotTurnLog
                {
                    Id = Ids.New(clock),
                    ConversationId = conversation,
                    Channel = "chat",
                    Language = "zh-Hans",
                    Asked = turn.Asked,
                    Said = Said(turn, looked),
                    Kind = turn.Kind,
                    Reason = turn.Reason,
                    Confidence = turn.Confidence,
                    Candidates = [.. looked.Select((a, i) => new BotTurnLog.Looked(a.Id, a.Number, a.Texts[0].Title, Math.Round(18.4 - (5.3 * i), 1), Math.Round(Math.Max(0.05, turn.Confidence - (0.3 * i)), 2), turn.Asked))],
                    Milliseconds = 2 + place,
                    At = now - ago + TimeSpan.FromMinutes(place),
                });
            }
        }
    }

    private static string Said(Turn turn, List<Article> looked) => turn.Kind switch
    {
        nameof(BotTurnKind.Answer) when looked.Count > 0 => PlainText.Beginning(PlainText.Sections(looked[0].Texts[0].Body), 120),
        nameof(BotTurnKind.AskBack) when looked.Count > 0 => "你说的是哪一个？" + string.Join("；", looked.Select(a => a.Texts[0].Title)),
        nameof(BotTurnKind.AskBack) => "这个我不确定。换个说法再问一次，或者我帮你转给人。",
        _ => "我把整段对话转给周野，他会在这里回你。",
    };
}
