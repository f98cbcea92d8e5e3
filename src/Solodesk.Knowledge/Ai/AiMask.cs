using System.Text.RegularExpressions;

namespace Solodesk.Knowledge.Ai;

/// <summary>Takes secrets and personal data out of what is sent to the AI service, and puts them back into what comes from it.</summary>
internal sealed partial class AiMask
{
    private const int Patience = 500;

    private readonly Dictionary<string, string> _hidden = new(StringComparer.Ordinal);

    public int Count => _hidden.Count;

    public string Hide(string text)
    {
        text = Secret().Replace(text, m => Stand("SECRET", m.Value));
        text = Mail().Replace(text, m => Stand("MAIL", m.Value));
        return Number().Replace(text, m => m.Value.Count(char.IsAsciiDigit) >= 7 ? Stand("NUMBER", m.Value) : m.Value);
    }

    public string Show(string text) => _hidden.Aggregate(text, (t, h) => t.Replace(h.Value, h.Key, StringComparison.Ordinal));

    private string Stand(string kind, string value)
    {
        if (!_hidden.TryGetValue(value, out var name))
        {
            _hidden[value] = name = $"[{kind}-{_hidden.Count + 1}]";
        }

        return name;
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:sk|pk|ghp|xox[abp]|AKIA|Bearer|eyJ)[-_ ]?[A-Za-z0-9._\-]{12,400}", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Secret();

    [GeneratedRegex(@"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,200}\.[A-Za-z]{2,20}", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Mail();

    [GeneratedRegex(@"(?<![A-Za-z0-9\[\-])\+?[0-9][0-9 \-]{5,24}[0-9Xx](?![A-Za-z0-9])", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Number();
}
