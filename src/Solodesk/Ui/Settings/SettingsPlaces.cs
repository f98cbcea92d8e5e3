using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Solodesk.Agents;
using Solodesk.Common;

namespace Solodesk.Ui.Settings;

/// <summary>One line of the settings' navigation.</summary>
internal sealed record SettingsPlace(string Href, SettingsPageAttribute About, bool OwnerOnly);

/// <summary>Every page that asked to be in the settings, found by one scan.</summary>
internal static class SettingsPlaces
{
    private static readonly SettingsPlace[] All =
    [
        .. from type in DeskParts.Types
           let about = type.GetCustomAttribute<SettingsPageAttribute>()
           where about is not null
           let route = type.GetCustomAttributes<RouteAttribute>().OrderBy(r => r.Template.Length).First()
           orderby about.Group, about.Order
           select new SettingsPlace(route.Template, about, type.GetCustomAttributes<AuthorizeAttribute>().Any(a => a.Policy == SignIn.OwnerPolicy)),
    ];

    public static IEnumerable<SettingsPlace> For(Actor actor, SettingsGroup group) => All.Where(p => p.About.Group == group && (actor.CanAdminister || !p.OwnerOnly));
}
