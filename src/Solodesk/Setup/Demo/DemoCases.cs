using Microsoft.EntityFrameworkCore;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;
using Solodesk.Tickets.Complaints;
using Solodesk.Tickets.Needs;

namespace Solodesk.Setup.Demo;

/// <summary>What the made-up founder has written beside some tickets: how bad a complaint is, how another was settled, what a school needs.</summary>
internal sealed class DemoCases : IDemoFiller
{
    public async Task FillAsync(DeskDb db, DemoScene scene, CancellationToken ct)
    {
        await JudgeAsync(db, "陈绍安", ComplaintSeverity.Critical, ct);
        await JudgeAsync(db, "Nell Bramble", ComplaintSeverity.Serious, ct);
        if (await db.Set<Ticket>().Where(t => t.Type == TicketType.Complaint && t.Status == TicketStatus.Solved).OrderByDescending(t => t.Number).FirstOrDefaultAsync(ct) is { } settled)
        {
            settled.Severity = ComplaintSeverity.Minor;
            db.Add(new Complaint
            {
                TicketId = settled.Id,
                Resolution = "道了歉，退了当月费用，问题在下一版修好",
                Summary = "测试没覆盖旧版本升级上来的数据；升级测试里加了一份旧库",
                UpdatedBy = scene.FounderName,
                UpdatedAt = settled.SolvedAt ?? scene.Now,
            });
        }

        if (await OpenAsync(db, "王蕾", ct) is { } school)
        {
            db.Add(new NeedsAnalysis
            {
                TicketId = school.Id,
                Need = "开课前把两个班 40 个学生一次导进去；学生没有邮箱，要用学号登录",
                Urgency = NeedUrgency.Now,
                Solution = "先用脚本替她导入，学号当登录名；批量导入排进 3.3",
                Cost = 600,
                Risk = NeedLevel.Medium,
                RiskNote = "学号登录没有邮箱找回，得由老师重置密码",
                Feasibility = NeedLevel.High,
                FeasibilityNote = "脚本现成，半天能做完",
                UpdatedBy = scene.FounderName,
                UpdatedAt = scene.Now.AddMinutes(-30),
            });
        }
    }

    private static async Task JudgeAsync(DeskDb db, string customer, ComplaintSeverity severity, CancellationToken ct)
    {
        if (await OpenAsync(db, customer, ct) is { Type: TicketType.Complaint } ticket)
        {
            ticket.Severity = severity;
        }
    }

    private static Task<Ticket?> OpenAsync(DeskDb db, string customer, CancellationToken ct)
        => (from t in db.Set<Ticket>()
            join c in db.Set<Customer>() on t.CustomerId equals c.Id
            where c.Name == customer && t.SolvedAt == null
            orderby t.Number descending
            select t).FirstOrDefaultAsync(ct);
}
