using Solodesk.Data;

namespace Solodesk.Customers;

/// <summary>
/// Something that a feature shows on a customer's page. The core knows no features; the shelf is scanned. The component takes one parameter,
/// <c>Customer</c> (<see cref="Customer"/>).
/// </summary>
public interface ICustomerPart
{
    /// <summary>Low numbers stand first.</summary>
    int Order { get; }

    Type Component { get; }
}

/// <summary>What a feature adds to a customer's timeline.</summary>
public interface ICustomerMoments
{
    /// <summary>At most the <paramref name="most"/> newest of each sort before a time, in any order.</summary>
    Task<IReadOnlyList<ReadCustomer.Moment>> ReadAsync(DeskDb db, Guid customer, DateTimeOffset before, int most, CancellationToken ct);
}
