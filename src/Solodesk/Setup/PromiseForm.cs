using System.Globalization;
using Microsoft.AspNetCore.Http;
using Solodesk.Common;
using Solodesk.Tickets;

namespace Solodesk.Setup;

/// <summary>The promise as a form: hours with or without a fraction, days as whole numbers.</summary>
internal static class PromiseForm
{
    public static Result<PromiseSettings> Read(IFormCollection form, PromiseSettings old)
    {
        var enabled = form.ContainsKey("enabled");
        if (!TryHours(form, "first", old.FirstResponseHours, out var first))
        {
            return new Problem("promise.hours") { Field = "first" };
        }

        if (!TryHours(form, "resolution", old.ResolutionHours, out var resolution))
        {
            return new Problem("promise.hours") { Field = "resolution" };
        }

        if (resolution < first)
        {
            return new Problem("promise.order") { Field = "resolution" };
        }

        if (!TryDays(form, "close", old.CloseAfterDays, out var close))
        {
            return new Problem("promise.days") { Field = "close" };
        }

        if (!TryDays(form, "followup", old.FollowUpAfterDays, out var followUp))
        {
            return new Problem("promise.days") { Field = "followup" };
        }

        var urgent = old.UrgentShare;
        if (form.ContainsKey("urgent") && (!double.TryParse(form["urgent"], NumberStyles.Float, CultureInfo.InvariantCulture, out urgent) || urgent is < 5 or > 100))
        {
            return new Problem("promise.urgent") { Field = "urgent" };
        }

        return old with
        {
            Enabled = enabled,
            FirstResponseHours = first,
            ResolutionHours = resolution,
            CloseAfterDays = close,
            FollowUpAfterDays = followUp,
            UrgentShare = form.ContainsKey("urgent") ? urgent / 100 : urgent,
        };
    }

    public static string Text(double hours) => hours.ToString("0.##", CultureInfo.InvariantCulture);

    // A form without the field leaves the value as it is.
    private static bool TryHours(IFormCollection form, string name, double old, out double hours)
    {
        hours = old;
        return !form.ContainsKey(name)
            || (double.TryParse(form[name].ToString().Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out hours)
                && hours is >= 0.25 and <= 2000);
    }

    private static bool TryDays(IFormCollection form, string name, int old, out int days)
    {
        days = old;
        return !form.ContainsKey(name) || (int.TryParse(form[name], NumberStyles.None, CultureInfo.InvariantCulture, out days) && days is >= 1 and <= 365);
    }
}
