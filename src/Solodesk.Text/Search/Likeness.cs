namespace Solodesk.Text.Search;

/// <summary>How much one question is another in nearly the same words: evidence beside the ranking, which knows words but not wording.</summary>
public static class Likeness
{
    // Between what the pairs of lcqmc (made to look alike) and bq (a bank's questions) say: at 0.4 of shared terms 28 and 75 of 100 mean
    // the same, at 0.9 they are 89 and 100.
    private const double Slope = 8;
    private const double Constant = -4;

    /// <summary>The share of terms that both have, each counted as often as it stands there (Dice); 0 to 1.</summary>
    public static double Of(string one, string other) => Of(new Wording(one), new Wording(other));

    /// <inheritdoc cref="Of(string, string)"/>
    public static double Of(Wording one, Wording other)
    {
        if (one.Length == 0 || other.Length == 0)
        {
            return 0;
        }

        var (few, many) = one.Counts.Count <= other.Counts.Count ? (one, other) : (other, one);
        var shared = 0;
        foreach (var (term, count) in few.Counts)
        {
            shared += Math.Min(count, many.Counts.GetValueOrDefault(term));
        }

        return 2.0 * shared / (one.Length + other.Length);
    }

    /// <summary>The probability (0–1) that two questions mean the same, by their wording alone.</summary>
    public static double Same(string one, string other) => Same(new Wording(one), new Wording(other));

    /// <inheritdoc cref="Same(string, string)"/>
    public static double Same(Wording one, Wording other) => 1 / (1 + Math.Exp(-(Constant + (Slope * Of(one, other)))));

    /// <summary>Joins the ranking's probability with the wording's: either alone may be enough.</summary>
    /// <param name="certainty">What <see cref="Confidence"/> says.</param>
    /// <param name="same">What <see cref="Same(Wording, Wording)"/> says; below one half it is no evidence.</param>
    public static double Join(double certainty, double same) => same < 0.5 ? certainty : 1 - ((1 - certainty) * (1 - same));
}
