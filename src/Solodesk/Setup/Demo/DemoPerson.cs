using Solodesk.Customers;

namespace Solodesk.Setup.Demo;

/// <summary>A customer of the made-up company with what the conversations need to know about them.</summary>
/// <param name="Row">What the desk keeps.</param>
/// <param name="Call">How one addresses them: 晓棠, Marcus.</param>
/// <param name="Chinese">Whether they write Chinese.</param>
/// <param name="Organization">The name of where they belong.</param>
/// <param name="Device">What they use Driftnote on.</param>
/// <param name="Plan">What they pay for.</param>
/// <param name="Politeness">0 writes two lines and no greeting, 2 writes letters.</param>
/// <param name="Talkative">How often they write, compared with the others.</param>
internal sealed record DemoPerson(
    Customer Row, string Call, bool Chinese, string? Organization, string Device, string Plan, int Politeness, double Talkative)
{
    public string Email => Row.Addresses[0].Value;

    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(Row.TimeZone!);
}
