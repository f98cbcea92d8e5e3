using Solodesk.Data;
using Solodesk.Tickets;
using Solodesk.Tickets.Preparing;

namespace Solodesk.Setup.Demo;

/// <summary>The four things that the made-up founder does most often, each in one key.</summary>
internal sealed class DemoMacros : IDemoFiller
{
    public Task FillAsync(DeskDb db, DemoScene scene, CancellationToken ct)
    {
        var chance = new DemoRandom(90210);
        Put("退款已办", 1, 38, new()
        {
            Reply = "{{客户姓名}}，你好：\n\n退款已经原路退回，一般 1 到 3 个工作日到账。到时候没看到，直接回复这封信。\n\n{{agent.signature}}",
            Status = TicketStatus.Solved,
            AddTags = ["退款"],
        });
        Put("要同步日志", 2, 61, new()
        {
            Reply = "{{客户姓名}}，麻烦在“设置 → 关于 → 导出日志”里导出一份发给我，我查那一次同步到底怎么走的。你的内容都有历史版本，先别着急重装。\n\n{{agent.signature}}",
            Status = TicketStatus.Pending,
            AddTags = ["同步"],
        });
        Put("记到心愿单", 3, 24, new()
        {
            Reply = "谢谢你写得这么细。已经记到心愿单里，做到的那一天我会写信告诉你。\n\n{{agent.signature}}",
            Note = "记到心愿单",
            Status = TicketStatus.Solved,
            AddTags = ["心愿"],
        });
        Put("过两天再看", 4, 17, new() { Note = "等新版本放量再看", SnoozeHours = 48 });
        return Task.CompletedTask;

        void Put(string name, int key, int used, MacroSteps steps)
            => db.Add(new Macro { Id = chance.Id(scene.Now.AddDays(-40 - key)), Name = name, Key = key, UseCount = used, Steps = steps, UpdatedAt = scene.Now.AddDays(-40 - key) });
    }
}
