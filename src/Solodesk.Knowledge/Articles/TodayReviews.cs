using Solodesk.Knowledge.Articles.Parts;
using Solodesk.Today;

namespace Solodesk.Knowledge.Articles;

/// <summary>The articles that want to be looked over, in Today.</summary>
internal sealed class TodayReviews : ITodayPart
{
    public int Order => 50;

    public Type Component => typeof(DueReviews);
}
