using Microsoft.Extensions.DependencyInjection;

namespace Solodesk.Common;

/// <summary>What a feature keeps as long as the desk lives: its singletons and hosted services. The shelf is scanned; members have no constructor parameters.</summary>
public interface IFeature
{
    void Add(IServiceCollection services);
}
