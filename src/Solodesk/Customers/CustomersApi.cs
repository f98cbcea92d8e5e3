using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Customers;

/// <summary><c>/api/v1/customers</c>: the customers and the ways to reach them.</summary>
internal sealed class CustomersApi : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi("customers", "Customers");
        api.MapGet("", ListAsync).Gives<Page<CustomerResource>>(Scopes.CustomersRead, "Lists customers, the last seen first, or finds them by words or an exact address");
        api.MapPost("", AddAsync).Gives<CustomerResource>(Scopes.CustomersWrite, "Adds a customer", StatusCodes.Status201Created);
        api.MapGet("{id:guid}", ReadAsync).Gives<CustomerResource>(Scopes.CustomersRead, "Reads a customer");
        api.MapPatch("{id:guid}", ChangeAsync).Gives<CustomerResource>(Scopes.CustomersWrite, "Changes what is known about a customer; absent members stay").WithMetadata(new OpenApiSetup.Versioned());
        api.MapDelete("{id:guid}", DeleteAsync).GivesNothing(Scopes.CustomersWrite, "Takes a customer away who never had a ticket").WithMetadata(new OpenApiSetup.Versioned());
        api.MapPost("{id:guid}/addresses", AddAddressAsync).Gives<CustomerResource>(Scopes.CustomersWrite, "Adds an address", StatusCodes.Status201Created);
        api.MapDelete("{id:guid}/addresses/{address:guid}", RemoveAddressAsync).GivesNothing(Scopes.CustomersWrite, "Takes an address away");
        api.MapPost("{id:guid}/merge", MergeAsync).Gives<CustomerResource>(Scopes.CustomersWrite, "Merges this customer into another, who is given back");
    }

    private static async Task<IResult> ListAsync(string? q, string? email, string? phone, Guid? organizationId, int? limit, string? cursor, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        if (!Paging.TryRead(cursor, "seen", out var after))
        {
            return Paging.Broken.ToAnswer();
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var customers = Narrow(db, db.Set<Customer>().AsNoTracking().Where(c => c.MergedIntoId == null), email, phone);
        if (!string.IsNullOrWhiteSpace(q))
        {
            customers = await customers.HavingAsync(db, q, ct);
        }

        if (organizationId is { } organization)
        {
            customers = customers.Where(c => c.OrganizationId == organization);
        }

        if (after is not null)
        {
            customers = customers.Where(c => c.SeenAt <= after.Time && (c.SeenAt < after.Time || c.Id < after.Id));
        }

        var size = Paging.Limit(limit);
        var rows = await customers.OrderByDescending(c => c.SeenAt).ThenByDescending(c => c.Id).Take(size + 1).Select(CustomerResource.From).ToListAsync(ct);
        return TypedResults.Ok(Paging.Cut(rows, size, c => new Cursor("seen", c.SeenAt.UtcTicks, c.Id.ToString())));
    }

    private static IQueryable<Customer> Narrow(DeskDb db, IQueryable<Customer> customers, string? email, string? phone)
    {
        foreach (var (kind, text) in new[] { (AddressKind.Email, email), (AddressKind.Phone, phone) })
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                var normal = CustomerAddress.Normalize(kind, text);
                // By the address' index; asked the other way round, every customer is looked at.
                var ids = db.Set<CustomerAddress>().Where(a => a.Kind == kind && a.Normal == normal).Select(a => a.CustomerId);
                customers = customers.Where(c => ids.Contains(c.Id));
            }
        }

        return customers;
    }

    private static async Task<IResult> AddAsync(NewCustomerBody body, EditCustomer edit, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
    {
        var added = await edit.RunAsync(context.User.ToActor(), body.ToRequest(), ct);
        return added.Ok
            ? await GiveAsync(added.Value, dbs, context, c => TypedResults.Created($"{ApiRoutes.Root}/customers/{c.Id}", c), ct)
            : added.Problem.ToAnswer();
    }

    private static Task<IResult> ReadAsync(Guid id, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
        => GiveAsync(id, dbs, context, TypedResults.Ok, ct);

    private static async Task<IResult> ChangeAsync(Guid id, CustomerChanges body, EditCustomer edit, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
        => (await edit.RunAsync(context.User.ToActor(), body.ToRequest(id, EntityTag.Asked(context.Request)), ct)) is { Ok: false } refused
            ? refused.Problem.ToAnswer()
            : await GiveAsync(id, dbs, context, TypedResults.Ok, ct);

    private static async Task<IResult> DeleteAsync(Guid id, DeleteCustomer delete, HttpContext context, CancellationToken ct)
        => (await delete.RunAsync(context.User.ToActor(), id, EntityTag.Asked(context.Request), ct)).ToAnswer();

    private static async Task<IResult> AddAddressAsync(Guid id, NewAddressBody body, EditAddresses edit, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
        => (await edit.AddAsync(context.User.ToActor(), id, body.Kind, body.Value, body.Primary, ct)) is { Ok: false } refused
            ? refused.Problem.ToAnswer()
            : await GiveAsync(id, dbs, context, c => TypedResults.Created($"{ApiRoutes.Root}/customers/{id}", c), ct);

    private static async Task<IResult> RemoveAddressAsync(Guid id, Guid address, EditAddresses edit, HttpContext context, CancellationToken ct)
        => (await edit.RemoveAsync(context.User.ToActor(), id, address, ct)).ToAnswer();

    private static async Task<IResult> MergeAsync(Guid id, MergeBody body, MergeCustomers merge, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
        => (await merge.RunAsync(context.User.ToActor(), new(id, body.Into), ct)) is { Ok: false } refused
            ? refused.Problem.ToAnswer()
            : await GiveAsync(body.Into, dbs, context, TypedResults.Ok, ct);

    private static async Task<IResult> GiveAsync(Guid id, IDbContextFactory<DeskDb> dbs, HttpContext context, Func<CustomerResource, IResult> answer, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await db.Set<Customer>().AsNoTracking().Where(c => c.Id == id).Select(CustomerResource.From).SingleOrDefaultAsync(ct) is not { } customer)
        {
            return Problem.NotFound("customer").ToAnswer();
        }

        EntityTag.Write(context, customer.Version);
        return answer(customer);
    }
}
