using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Customers;

/// <summary>Adds or takes away one way to reach a customer.</summary>
[UseCase]
public sealed class EditAddresses(DeskWriter writer, TimeProvider clock)
{
    public Task<Result<Done>> AddAsync(Actor actor, Guid customerId, AddressKind kind, string value, bool primary, CancellationToken ct)
        => EditAsync(actor, customerId, async (db, customer) =>
        {
            var normal = CustomerAddress.Normalize(kind, value);
            if (kind == AddressKind.Email && !FindCustomer.IsEmail(normal))
            {
                return new Problem("customer.email_invalid") { Field = "value" };
            }

            if (normal.Length is 0 or > 320)
            {
                return new Problem("customer.address_invalid") { Field = "value" };
            }

            if (await db.Set<CustomerAddress>().AnyAsync(a => a.Kind == kind && a.Normal == normal && a.CustomerId != customerId, ct))
            {
                return new Problem("customer.address_taken", value) { Field = "value" };
            }

            var address = customer.Addresses.Find(a => a.Kind == kind && a.Normal == normal);
            if (address is null)
            {
                address = new CustomerAddress { Id = Ids.New(clock), CustomerId = customerId, Kind = kind, Value = value.Trim(), Normal = normal };
                customer.Addresses.Add(address);
                db.Add(address);
            }

            if (primary || customer.Addresses.All(a => a.Kind != kind || !a.Primary))
            {
                customer.Addresses.Where(a => a.Kind == kind).ToList().ForEach(a => a.Primary = a == address);
            }

            return null;
        }, ct);

    public Task<Result<Done>> RemoveAsync(Actor actor, Guid customerId, Guid addressId, CancellationToken ct)
        => EditAsync(actor, customerId, (_, customer) =>
        {
            if (customer.Addresses.Find(a => a.Id == addressId) is not { } address)
            {
                return Task.FromResult<Problem?>(Problem.NotFound("address"));
            }

            customer.Addresses.Remove(address);
            if (address.Primary && customer.Addresses.Find(a => a.Kind == address.Kind) is { } next)
            {
                next.Primary = true;
            }

            return Task.FromResult<Problem?>(null);
        }, ct);

    private async Task<Result<Done>> EditAsync(Actor actor, Guid customerId, Func<DeskDb, Customer, Task<Problem?>> edit, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        return await writer.RunAsync<Done>(async db =>
        {
            var customer = await db.Set<Customer>().Include(c => c.Addresses).SingleOrDefaultAsync(c => c.Id == customerId, ct);
            if (customer is null)
            {
                return Problem.NotFound("customer");
            }

            if (await edit(db, customer) is { } problem)
            {
                return problem;
            }

            customer.Version++;
            return Done.It;
        }, ct);
    }
}
