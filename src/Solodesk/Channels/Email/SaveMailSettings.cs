using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;

namespace Solodesk.Channels.Email;

/// <summary>Says how the desk behaves by mail. Which servers are trusted in spite of their certificate is decided where they are tried, not here.</summary>
[UseCase]
public sealed class SaveMailSettings(Settings settings)
{
    public const int LongestText = 4000;
    public const int MostAutomatic = 1000;
    public const int LargestMailMegabytes = 1024;

    public async Task<Result<MailSettings>> RunAsync(Actor actor, MailSettings wanted, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        if (Check(wanted) is { } wrong)
        {
            return wrong;
        }

        var known = await settings.ReadAsync<MailSettings>(ct);
        var saved = wanted with { PlaintextHosts = known.PlaintextHosts, TrustedCertificates = known.TrustedCertificates };
        await settings.SaveAsync(saved, ct);
        return saved;
    }

    private static Problem? Check(MailSettings wanted)
    {
        foreach (var (count, field) in new[] { (wanted.AutomaticPerHour, "automaticPerHour"), (wanted.AutomaticPerDay, "automaticPerDay"), (wanted.AutomaticPerTicket, "automaticPerTicket") })
        {
            if (count is < 0 or > MostAutomatic)
            {
                return new Problem("settings.out_of_range", 0, MostAutomatic) { Field = field };
            }
        }

        if (wanted.MaxMailBytes is < FileLimits.Megabyte or > LargestMailMegabytes * FileLimits.Megabyte)
        {
            return new Problem("settings.out_of_range", 1, LargestMailMegabytes) { Field = "maxMailBytes" };
        }

        return wanted.AcknowledgementTexts.FirstOrDefault(t => t.Key is not ("zh-Hans" or "en") || t.Value.Length > LongestText) is { Key: { } language }
            ? new Problem("mail.ack_text", LongestText) { Field = $"acknowledgementTexts.{language}" }
            : null;
    }
}
