using System.Globalization;
using System.Text;

namespace Solodesk.Setup.Demo;

/// <summary>What is true in one conversation: the same order number, device and notebook from its first word to its last.</summary>
internal sealed class DemoFacts
{
    private readonly Dictionary<string, string> _values;

    public DemoFacts(DemoPerson person, DateTimeOffset at, DemoPeople people, DemoCalendar calendar, DemoRandom chance)
    {
        var books = chance.Shuffled(people.List(person.Chinese ? "notebooks zh" : "notebooks en"));
        var bought = DemoCalendar.Local(at).AddDays(-chance.Between(0, 9));
        var day = DateOnly.FromDateTime(DemoCalendar.Local(at));
        var amount = chance.Pick([168, 168, 168, 84, 18, 328]);
        Order = string.Create(CultureInfo.InvariantCulture, $"DN-{bought:yyyyMMdd}-{chance.Between(2, 187):000}");
        Version = calendar.Version(day, chance);
        var release = Version.Split('.');
        _values = new(StringComparer.Ordinal)
        {
            ["name"] = person.Row.Name,
            ["call"] = person.Call,
            ["mail"] = person.Email,
            ["device"] = person.Device,
            ["version"] = Version,
            ["next"] = $"{release[0]}.{release[1]}.{int.Parse(release[2], CultureInfo.InvariantCulture) + 1}",
            ["book"] = books[0],
            ["book2"] = books[1],
            ["order"] = Order,
            ["amount"] = $"¥{amount}",
            ["n"] = chance.Between(3, 48).ToString(CultureInfo.InvariantCulture),
            ["few"] = chance.Between(2, 5).ToString(CultureInfo.InvariantCulture),
            ["seats"] = chance.Between(3, 12).ToString(CultureInfo.InvariantCulture),
            ["many"] = (chance.Between(6, 94) * 50).ToString(CultureInfo.InvariantCulture),
            ["rev"] = "r" + chance.Between(180, 4200).ToString(CultureInfo.InvariantCulture),
            ["issue"] = "ISSUE-" + chance.Between(210, 540).ToString(CultureInfo.InvariantCulture),
            ["time"] = DemoCalendar.Local(at.AddMinutes(-chance.Between(25, 300))).ToString("HH:mm", CultureInfo.InvariantCulture),
            ["bought"] = Date(bought, person.Chinese),
            ["soon"] = Date(DemoCalendar.Local(at).AddDays(chance.Between(3, 9)), person.Chinese),
            ["later"] = Date(DemoCalendar.Local(at).AddDays(chance.Between(14, 40)), person.Chinese),
            ["org"] = person.Organization ?? (person.Chinese ? "我们工作室" : "our office"),
            ["taxname"] = !person.Chinese ? person.Organization ?? chance.Pick(["Harbour & Pine Ltd", "Lindqvist Consulting AB", "Marlow Studio GmbH", "Fieldnote Media LLC"])
                : (person.Organization ?? chance.Pick(["杭州禾木文化传播", "上海知夏信息科技", "成都一苇教育咨询", "苏州听雨设计", "广州南窗文化", "武汉拾柒网络"]))
                + (person.Organization is null ? "有限公司" : ""),
            ["taxid"] = "91330100MA" + chance.Between(10, 99).ToString(CultureInfo.InvariantCulture) + "DEM0" + chance.Between(10, 99).ToString(CultureInfo.InvariantCulture) + "X",
            ["mate"] = person.Chinese ? chance.Pick(["小周", "阿宁", "李姐", "老张", "同事小何", "助理"]) : chance.Pick(["Tom", "my colleague", "Anna", "our intern", "Ben", "my co-author"]),
            ["plan"] = person.Plan,
            ["school"] = chance.Pick(["浙江大学", "华师大", "川大", "南师大", "武大", "中山大学"]),
        };
    }

    public string Order { get; }

    public string Version { get; }

    /// <summary>Puts the facts where a fragment names them.</summary>
    public string Fill(string fragment)
    {
        if (!fragment.Contains('{'))
        {
            return fragment;
        }

        var text = new StringBuilder(fragment);
        foreach (var (key, value) in _values)
        {
            text.Replace("{" + key + "}", value);
        }

        return text.ToString();
    }

    public void Set(string key, string value) => _values[key] = value;

    private static string Date(DateTime day, bool chinese)
        => chinese ? string.Create(CultureInfo.InvariantCulture, $"{day.Month}月{day.Day}日") : day.ToString("d MMMM", CultureInfo.InvariantCulture);
}
