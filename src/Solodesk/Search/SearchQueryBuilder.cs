using Solodesk.Engine.Conditions;

namespace Solodesk.Search;

/// <summary>Sorts the parts of a search into words, phrases and conditions.</summary>
internal sealed class SearchQueryBuilder
{
    private readonly List<string> _words = [];
    private readonly List<string> _phrases = [];
    private readonly List<string> _without = [];
    private readonly List<Condition> _conditions = [];
    private readonly List<(string, bool)> _owners = [];

    public void Add(SearchParser.Part part)
    {
        if (part.Operator is { } name)
        {
            if (SearchOperators.Condition(name, part.Value) is { } condition)
            {
                _conditions.Add(part.Denied ? new Not(condition) : condition);
                return;
            }

            if (name == "assignee")
            {
                _owners.Add((part.Value, part.Denied));
                return;
            }
        }

        // A value that an operator does not know is searched as text, the operator's name with it.
        var text = part.Operator is { } unknown ? $"{unknown} {part.Value}" : part.Value;
        if (part.Denied)
        {
            _without.Add(text);
        }
        else
        {
            _words.Add(text);
            if (part.Quoted)
            {
                _phrases.Add(text);
            }
        }
    }

    public SearchQuery Build() => new(string.Join(' ', _words), _phrases, _without, _conditions, _owners);
}
