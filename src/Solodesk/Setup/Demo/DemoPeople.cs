using System.Globalization;
using System.Text;
using Solodesk.Customers;

namespace Solodesk.Setup.Demo;

/// <summary>Three hundred customers and where they belong: a few by name, the others put together from lists.</summary>
internal sealed class DemoPeople
{
    private const int Count = 300;

    private readonly IReadOnlyDictionary<string, Story> _lists = StoryBook.Read("people").ToDictionary(s => s.Key, StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly List<(Organization Row, bool Chinese, int Seats)> _organizations = [];
    private readonly DemoRandom _chance;
    private readonly DateTimeOffset _morning;

    private DemoPeople(DateTimeOffset morning, DemoRandom chance) => (_morning, _chance) = (morning, chance);

    public List<DemoPerson> All { get; } = [];
    public IEnumerable<Organization> Organizations => _organizations.Select(o => o.Row);

    public static DemoPeople Make(DateTimeOffset morning, DemoRandom chance)
    {
        var people = new DemoPeople(morning, chance);
        people.MakeOrganizations();
        people.MakeKnown();
        people.MakeOthers();
        return people;
    }

    public DemoPerson Find(string name) => All.First(p => p.Row.Name == name);

    public IReadOnlyList<string> List(string key) => _lists[key].Part("list");

    private void MakeOrganizations()
    {
        foreach (var words in List("organizations").Select(Words))
        {
            _organizations.Add((new Organization
            {
                Id = _chance.Id(_morning.AddDays(-380)),
                Name = words[0],
                Normal = words[0].ToLowerInvariant(),
                Domain = words[1],
                Attributes = new() { [words[2] == "zh" ? "行业" : "Industry"] = words[3], [words[2] == "zh" ? "席位" : "Seats"] = words[4] },
                CreatedAt = _morning.AddDays(-380),
            }, words[2] == "zh", int.Parse(words[4], CultureInfo.InvariantCulture)));
        }
    }

    // The people of the open conversations, as their file tells them.
    private void MakeKnown()
    {
        foreach (var story in StoryBook.Read("known"))
        {
            var organization = _organizations.FirstOrDefault(o => o.Row.Name == story.Fact("organization")).Row;
            Add(story.Key, story.Fact("call")!, story.Fact("mail")!, story.Fact("language") == "zh", story.Fact("zone") ?? "Asia/Shanghai", organization,
                story.Fact("plan")!, story.Fact("value") is { } value ? decimal.Parse(value, CultureInfo.InvariantCulture) : null,
                (int)story.Number("since", 400), story.Fact("renews") is { } days ? int.Parse(days, CultureInfo.InvariantCulture) : null,
                story.Fact("vip") == "yes", story.Fact("note") ?? "", story.Fact("tags")?.Split(", ") ?? [], story.Fact("device")!, story.Fact("phone"),
                1, story.Number("talkative", 0.6));
        }
    }

    private void MakeOthers()
    {
        foreach (var words in List("en names").Select(Words))
        {
            var organization = _chance.Chance(0.38) ? Organization(false) : default;
            Add(words[0], words[0].Split(' ')[0], Address(Plain(words[0].Replace(' ', '.')), organization.Row, ["mail.example", "post.example", "inbox.example"]),
                false, words[1], organization);
        }

        while (All.Count < Count)
        {
            var surname = _chance.Pick(List("zh surnames")).Split(' ');
            var given = _chance.Pick(List("zh given")).Split(' ');
            if (All.Any(p => p.Row.Name == surname[0] + given[0]))
            {
                continue;
            }

            var organization = _chance.Chance(0.36) ? Organization(true) : default;
            var local = _chance.Chance(0.6) ? surname[1] + given[1] : given[1] + (_chance.Chance(0.5) ? "." + surname[1] : _chance.Between(72, 99).ToString(CultureInfo.InvariantCulture));
            var zone = _chance.Chance(0.93) ? "Asia/Shanghai" : _chance.Pick(["Asia/Singapore", "America/Toronto", "Asia/Tokyo", "Europe/London", "Australia/Sydney"]);
            Add(surname[0] + given[0], given[0].Length > 1 ? given[0] : surname[0] + given[0],
                Address(local, organization.Row, ["youxiang.example", "post.example", "mail.example", "xin.example"]), true, zone, organization);
        }
    }

    private void Add(string name, string call, string mail, bool chinese, string zone, (Organization Row, bool Chinese, int Seats) organization)
    {
        var plans = List("plans").Select(Words).ToList();
        var plan = _chance.Weighted(plans, p => double.Parse(p[2], CultureInfo.InvariantCulture));
        var (label, value) = organization.Row is not null && _chance.Chance(0.45)
            ? ($"团队版 {organization.Seats} 席", 450m * organization.Seats)
            : (plan[0], decimal.Parse(plan[1], CultureInfo.InvariantCulture));
        var since = _chance.Between(3, 700);
        Add(name, call, mail, chinese, zone, organization.Row, label, value > 0 ? value : null, since,
            value > 0 && label != "Pro 月付" ? 365 - (since % 365) : null, value >= 9000 && _chance.Chance(0.7),
            _chance.Chance(0.2) ? _chance.Pick([.. List("notes zh").Where(n => n[0] < 128 != chinese)]) : "",
            _chance.Chance(0.18) ? [_chance.Pick(["内测", "博主", "老用户", "推荐来的", "学生", "重度用户"])] : [],
            _chance.Pick(List(chinese ? "devices zh" : "devices en")), _chance.Chance(0.3) ? "" : null,
            _chance.Between(0, 2), Math.Pow(_chance.Next(), 2.2) + 0.12);
    }

    private void Add(string name, string call, string mail, bool chinese, string zone, Organization? organization, string plan, decimal? value, int since,
        int? renews, bool vip, string note, IReadOnlyList<string> tags, string device, string? phone, int politeness, double talkative)
    {
        var created = _morning.AddDays(-since).AddMinutes(_chance.Between(540, 1300));
        var row = new Customer
        {
            Id = _chance.Id(created),
            Name = name,
            Language = chinese ? "zh-Hans" : "en",
            TimeZone = zone,
            OrganizationId = organization?.Id,
            Note = note,
            Attributes = new() { ["plan"] = plan, ["device"] = device },
            Tags = [.. tags],
            YearlyValue = value,
            RenewsAt = renews is { } days ? _morning.AddDays(days) : null,
            Vip = vip,
            CreatedAt = created,
            SeenAt = created,
        };
        row.Addresses.Add(Reach(row, AddressKind.Email, mail, true));
        if (phone is not null)
        {
            // Numbers that nobody has: a range kept for stories, and one that no operator gives out.
            row.Addresses.Add(Reach(row, AddressKind.Phone, phone.Length > 0 ? phone : chinese ? $"+86 100 0000 {All.Count:0000}" : $"+1 555 010 {All.Count:0000}", true));
        }

        All.Add(new DemoPerson(row, call, chinese, organization?.Name, device, plan, politeness, talkative));
    }

    private CustomerAddress Reach(Customer row, AddressKind kind, string value, bool primary) => new()
    {
        Id = _chance.Id(row.CreatedAt),
        CustomerId = row.Id,
        Kind = kind,
        Value = value,
        Normal = CustomerAddress.Normalize(kind, value),
        Primary = primary,
    };

    private (Organization Row, bool Chinese, int Seats) Organization(bool chinese)
        => _chance.Weighted([.. _organizations.Where(o => o.Chinese == chinese)], o => o.Seats);

    // Domains that exist nowhere (RFC 2606): whatever is answered here reaches nobody.
    private string Address(string local, Organization? organization, IReadOnlyList<string> homes)
    {
        var domain = organization?.Domain ?? _chance.Pick(homes);
        var address = $"{local}@{domain}";
        for (var i = 2; !_taken.Add(address); i++)
        {
            address = $"{local}{i}@{domain}";
        }

        return address;
    }

    private static string Plain(string name)
        => string.Concat(name.ToLowerInvariant().Normalize(NormalizationForm.FormD).Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-'));

    private static string[] Words(string line) => line.Split(" | ");
}
