namespace Solodesk.Engine.Sla;

/// <summary>What a promise is about.</summary>
public enum PromiseKind
{
    /// <summary>From the customer's first message to the first reply of a person.</summary>
    FirstResponse,

    /// <summary>From a later message of the customer to the reply that follows it.</summary>
    NextResponse,

    /// <summary>From the customer's first message until the ticket is solved.</summary>
    Resolution,
}
