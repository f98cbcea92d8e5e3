using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Customers;

/// <summary>Takes a customer away who never had a ticket; those who had one are merged or kept.</summary>
[UseCase]
public sealed class DeleteCustomer(DeskWriter writer)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid id, long? version, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        return await writer.RunAsync<Done>(async db =>
        {
            var customer = await db.Set<Customer>().Include(c => c.Addresses).SingleOrDefaultAsync(c => c.Id == id, ct);
            if (customer is null)
            {
                return Problem.NotFound("customer");
            }

            if (version is { } seen && seen != customer.Version)
            {
                return new Problem("customer.changed");
            }

            if (await db.Set<Ticket>().AnyAsync(t => t.CustomerId == id, ct) || await db.Set<Customer>().AnyAsync(c => c.MergedIntoId == id, ct))
            {
                return new Problem("customer.in_use");
            }

            db.Remove(customer);
            return Done.It;
        }, ct);
    }
}
