using Microsoft.EntityFrameworkCore;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Setup.Demo;
using Solodesk.Tickets;

namespace Solodesk.FollowUps;

/// <summary>What the made-up founder owes: one call is late, one question is for today, one is for later, one was done.</summary>
internal sealed class DemoFollowUps : IDemoFiller
{
    private sealed record Plan(string Customer, FollowUpKind Kind, TimeSpan In, string Note, string? Result = null);

    private static readonly Plan[] Plans =
    [
        new("陈绍安", FollowUpKind.CallBack, TimeSpan.FromMinutes(-40), "云厂商的事故报告到了：讲清三次中断的原因，补偿按 15 席两周算"),
        new("林晓棠", FollowUpKind.FollowUp, TimeSpan.FromMinutes(50), "读书会开完了，问问三篇笔记是不是都在"),
        new("王蕾", FollowUpKind.FollowUp, TimeSpan.FromDays(3), "开课前问一声：40 个账号导进去了没有，报价单走到哪一步"),
        new("赵启明", FollowUpKind.FollowUp, TimeSpan.FromDays(-2), "换了 3.2.2 测试版，小组件还刷不刷新", "刷新了，他还要一个更小的尺寸，记到心愿单里了"),
    ];

    public async Task FillAsync(DeskDb db, DemoScene scene, CancellationToken ct)
    {
        var chance = new DemoRandom(4711);
        foreach (var plan in Plans)
        {
            if (await db.Set<Customer>().AsNoTracking().Include(c => c.Addresses).FirstOrDefaultAsync(c => c.Name == plan.Customer, ct) is not { } customer)
            {
                continue;
            }

            var ticket = await db.Set<Ticket>().AsNoTracking().Where(t => t.CustomerId == customer.Id).OrderByDescending(t => t.Number).FirstOrDefaultAsync(ct);
            var planned = scene.Now.AddDays(-3);
            var done = plan.Result is not null;
            db.Add(new FollowUp
            {
                Id = chance.Id(planned),
                Kind = plan.Kind,
                CustomerId = customer.Id,
                TicketId = ticket?.Id,
                AgentId = scene.Founder,
                Note = plan.Note,
                Phone = plan.Kind == FollowUpKind.CallBack ? customer.Addresses.Where(a => a.Kind == AddressKind.Phone).Select(a => a.Value).FirstOrDefault() ?? "0571 5550 0142" : null,
                DueAt = scene.Now + plan.In,
                State = done ? FollowUpState.Done : FollowUpState.Planned,
                Result = plan.Result ?? "",
                PlannedBy = scene.FounderName,
                CreatedAt = planned,
                SettledAt = done ? scene.Now + plan.In : null,
                SettledBy = done ? scene.FounderName : null,
                CalledAt = plan.In < TimeSpan.Zero ? scene.Now + plan.In : null,
            });
        }
    }
}
