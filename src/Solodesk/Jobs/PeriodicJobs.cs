using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Solodesk.Jobs;

/// <summary>Hangs every periodic job of the shelf onto the scheduler when the desk starts.</summary>
internal sealed partial class PeriodicJobs(ISchedulerFactory schedulers, IEnumerable<IPeriodicJob> jobs) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var job in jobs)
        {
            var name = job.GetType().Name;
            var detail = JobBuilder.Create<Run>().WithIdentity(name).UsingJobData("job", name).Build();
            var trigger = TriggerBuilder.Create().WithIdentity(name).StartNow().WithSimpleSchedule(s => s.WithInterval(job.Every).RepeatForever()).Build();
            await scheduler.ScheduleJob(detail, trigger, cancellationToken: cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>One run of one job. What goes wrong is logged; the work is found again by its due column.</summary>
    [DisallowConcurrentExecution]
    internal sealed partial class Run(IServiceProvider services, ILogger<Run> log) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default)
        {
            var name = context.MergedJobDataMap.GetString("job");
            var job = services.GetServices<IPeriodicJob>().Single(j => j.GetType().Name == name);
            try
            {
                await job.RunAsync(ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(log, e, name);
            }
        }

        [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed; its next run tries again")]
        private static partial void LogFailed(ILogger logger, Exception exception, string? job);
    }
}
