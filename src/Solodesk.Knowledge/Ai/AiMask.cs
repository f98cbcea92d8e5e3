using System.Text.RegularExpressions;

namespace Solodesk.Knowledge.Ai;

/// <summary>
/// Takes secrets and personal data out of what is sent to the AI service, and puts them back into what comes from it. The same value gets the same
/// mark in one call; the marks mean nothing outside it.
/// </summary>
internal sealed partial class AiMask(IEnumerable<string>? names = null)
{
    private readonly Dictionary<string, string> _hidden = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _names = PersonalData.NamesIn(names ?? []);

    /// <summary>How many different values were masked.</summary>
    public int Count => _hidden.Count;

    /// <exception cref="RegexMatchTimeoutException">The text could not be searched in time: it must not be sent.</exception>
    public string Hide(string text)
    {
        // A mark that somebody typed must not be filled with what another one hides: it is hidden itself.
        return PersonalData.Replace(text, Mark().Matches(text).Select(m => new PersonalData.Found(m.Index, m.Length, "TEXT")).Concat(PersonalData.In(text, _names)), Stand);
    }

    /// <summary>With what was hidden back in its place. Marks that were never given stay as they are.</summary>
    public string Show(string text) => Mark().Replace(text, m => _shown.GetValueOrDefault(Plain(m.Value), m.Value));

    private string Stand(string kind, string value)
    {
        if (!_hidden.TryGetValue(value, out var name))
        {
            _hidden[value] = name = $"[{kind}-{_hidden.Count + 1}]";
            _shown[name] = value;
        }

        return name;
    }

    // Models write brackets in the style of the language, or escape them.
    private static string Plain(string mark) => $"[{mark.Trim('[', ']', '【', '】', '［', '］', '\\').Trim().Replace('－', '-')}]";

    [GeneratedRegex(@"\\?[\[【［] ?[A-Z]{4,7}[-－][0-9]{1,5} ?\\?[\]】］]", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Mark();
}
