using Solodesk.Common;
using Solodesk.Ui;
using Solodesk.Ui.Settings;

namespace Solodesk.Search;

/// <summary>Places, settings and commands by their names in either language, so that a half-remembered word is enough.</summary>
[UseCase]
public sealed class FindPlaces(Phrases phrases)
{
    /// <param name="Href">Where it leads.</param>
    /// <param name="Icon">Its icon.</param>
    /// <param name="Name">Its name in the reader's language.</param>
    /// <param name="Kind">The phrase of what it is.</param>
    public sealed record Place(string Href, string Icon, string Name, string Kind);

    private static readonly (string Href, string Icon, string Phrase)[] Known =
    [
        ("/", "sun", "nav.today"), ("/inbox", "inbox", "nav.inbox"), ("/customers", "users", "nav.customers"), ("/organizations", "users", "organizations.title"), ("/followups", "repeat-2", "followup.title"), ("/mail", "mail", "nav.ledger"),
        ("/settings", "settings", "nav.settings"), ("/account", "user-round", "account.title"), ("/contact", "square-pen", "palette.contact"), ("/search", "search", "search.page"),
    ];

    private static readonly (string Href, string Icon, string Phrase)[] Commands = [("/views/new", "list-filter", "views.new"), ("/views", "list-filter", "views.title"), ("/settings/templates/new", "notepad-text", "templates.new")];

    public IReadOnlyList<Place> Run(Actor actor, string text)
    {
        var words = text.Trim();
        return
        [
            .. Known.Where(p => Fits(p.Phrase, words) || (words.Length > 1 && p.Href.Contains(words, StringComparison.OrdinalIgnoreCase))).Select(p => new Place(p.Href, p.Icon, phrases[p.Phrase], "palette.places")),
            .. Commands.Where(p => words.Length > 0 && Fits(p.Phrase, words)).Select(p => new Place(p.Href, p.Icon, phrases[p.Phrase], "palette.commands")),
            .. from settings in Enum.GetValues<SettingsGroup>()
               from place in SettingsPlaces.For(actor, settings)
               where words.Length > 0 && (Fits(place.About.Title, words) || place.Href.Contains(words, StringComparison.OrdinalIgnoreCase))
               select new Place(place.Href, place.About.Icon, phrases[place.About.Title], "palette.settings"),
        ];
    }

    private bool Fits(string phrase, string words)
        => words.Length == 0 || Phrases.Languages.Any(l => phrases.In(l, phrase).Contains(words, StringComparison.OrdinalIgnoreCase));
}
