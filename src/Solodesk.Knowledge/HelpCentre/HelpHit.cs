using Solodesk.Knowledge.Answers;
using Solodesk.Text.Search;

namespace Solodesk.Knowledge.HelpCentre;

/// <summary>One line of a search: the article, how sure we are, the sentence that answers.</summary>
public sealed record HelpHit(ArticleCard Card, double Certainty, Snippet Snippet);
