using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Common;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.HelpCentre;

namespace Solodesk.Knowledge;

/// <summary>What of the knowledge lives as long as the desk.</summary>
internal sealed class KnowledgePart : IDeskPart
{
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<AnswerIndex>();
        services.AddHostedService<AnswerService>();
        services.AddSingleton<Readership>();
        services.AddHostedService<ReadershipService>();
        services.AddSingleton<PublicLimits>();
        services.AddSingleton<IStartupFilter, HelpDomain>();
    }
}
