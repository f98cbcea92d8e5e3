namespace Solodesk.Eval;

/// <summary>The usual measures of a ranking, averaged over queries.</summary>
internal sealed class RankingScores
{
    private double _first, _five, _reciprocal, _average, _precision;
    private int _count;

    internal double FirstRight => Mean(_first);

    internal double HitInFive => Mean(_five);

    internal double ReciprocalInTen => Mean(_reciprocal);

    internal double Average => Mean(_average);

    internal double PrecisionInFive => Mean(_precision);

    internal void Add(IEnumerable<string> ranked, HashSet<string> right)
    {
        int place = 0, found = 0;
        double sum = 0;
        foreach (var id in ranked)
        {
            place++;
            if (!right.Contains(id))
            {
                continue;
            }

            found++;
            sum += (double)found / place;
            _precision += place <= 5 ? 0.2 : 0;
            if (found == 1)
            {
                _first += place == 1 ? 1 : 0;
                _five += place <= 5 ? 1 : 0;
                _reciprocal += place <= 10 ? 1.0 / place : 0;
            }
        }

        _average += right.Count == 0 ? 0 : sum / right.Count;
        _count++;
    }

    private double Mean(double sum) => _count == 0 ? 0 : Math.Round(sum / _count, 4);
}
