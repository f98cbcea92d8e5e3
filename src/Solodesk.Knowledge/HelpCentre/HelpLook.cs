using Solodesk.Channels.Web;
using Solodesk.Data;

namespace Solodesk.Knowledge.HelpCentre;

/// <summary>The contact form and the progress page wear the help centre's colour.</summary>
internal sealed class HelpLook(Settings settings) : IPublicLook
{
    public async Task<string> BrandAsync(CancellationToken ct) => (await settings.ReadAsync<HelpSettings>(ct)).Brand;
}
