using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Channels.Bot;
using Solodesk.Common;
using Solodesk.Knowledge.Ai;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Bot;
using Solodesk.Knowledge.Digest;
using Solodesk.Knowledge.HelpCentre;
using Solodesk.Knowledge.Meaning;
using Solodesk.Knowledge.Suggest;

namespace Solodesk.Knowledge;

/// <summary>What of the knowledge lives as long as the desk.</summary>
internal sealed class KnowledgeFeature : IFeature
{
    public void Add(IServiceCollection services)
    {
        services.AddSingleton<MeaningIndex>();
        services.AddSingleton<QuestionMeaning>();
        services.AddSingleton<AiLedger>();
        services.AddSingleton<AiRest>();
        services.AddScoped<TicketTranslations>();
        services.AddSingleton<AnswerIndex>();
        services.AddSingleton<LearnRanking>();
        services.AddHostedService<AnswerService>();
        services.AddHostedService<MeaningService>();
        services.AddSingleton<Readership>();
        services.AddHostedService<ReadershipService>();
        services.AddSingleton<PublicLimits>();
        services.AddTransient<IBot, DeskBot>();
        services.AddTransient<IKnownAnswers, ChatArticles>();
        services.AddSingleton<IStartupFilter, HelpDomain>();
    }
}
