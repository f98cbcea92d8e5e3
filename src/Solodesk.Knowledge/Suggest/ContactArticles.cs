using System.Globalization;
using Solodesk.Channels.Web;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;

namespace Solodesk.Knowledge.Suggest;

/// <summary>Shows a customer who is about to write what may already answer them.</summary>
internal sealed class ContactArticles(AnswerQuestion answers, AnswerIndex index, Settings settings) : IContactHelp
{
    public Type Part => typeof(ContactSuggestions);

    public async ValueTask<bool> KnowsAsync(string subject, string message, CancellationToken ct)
    {
        if (!index.Ready.IsCompleted)
        {
            return false;
        }

        var threshold = (await settings.ReadAsync<AnswerSettings>(ct)).Threshold;
        var language = AnswerIndex.LanguageOf($"{subject} {message}", CultureInfo.CurrentUICulture.Name);
        return await Suggestions.ForAsync(answers, subject, message, language, 1, Audience.Public, ct) is [var best] && best.Certainty >= threshold;
    }
}
