namespace Solodesk.Common;

/// <summary>Who does something: passed to every use case, never looked up from the surroundings.</summary>
/// <param name="Kind">What sort of actor it is.</param>
/// <param name="Id">The agent's, customer's or token's id; null for the system.</param>
/// <param name="Name">The name as it is shown in the history.</param>
/// <param name="Role">What an agent may do; customers and the system carry their own.</param>
public sealed record Actor(ActorKind Kind, Guid? Id, string Name, Role Role)
{
    /// <summary>The desk itself: intake, clocks, jobs.</summary>
    public static Actor System { get; } = new(ActorKind.System, null, "Solodesk", Role.Owner);

    /// <summary>A customer, acting on their own request only.</summary>
    public static Actor Customer(Guid id, string name) => new(ActorKind.Customer, id, name, Role.None);

    /// <summary>Whether this actor may change tickets and customers.</summary>
    public bool CanWork => Role is Role.Owner or Role.Agent;

    /// <summary>Whether this actor may change settings, agents and channels.</summary>
    public bool CanAdminister => Role is Role.Owner;

    /// <summary>Whether this actor may see the desk at all.</summary>
    public bool CanRead => Role is not Role.None;
}

public enum ActorKind { System, Agent, Customer, Token }

/// <summary>What an agent may do: owners everything, agents the daily work, viewers only look.</summary>
public enum Role { None, Viewer, Agent, Owner }
