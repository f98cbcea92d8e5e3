using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Customers.Pages;
using Solodesk.Data;
using Solodesk.Tickets;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Customers;

/// <summary>What the forms of the customer pages do.</summary>
internal sealed class CustomersDesk : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/customers", (HttpContext context, [FromForm] IFormCollection form, EditCustomer edit, CancellationToken ct)
            => SaveAsync(null, context, form, edit, ct));
        routes.MapPost("/customers/{id:guid}", (Guid id, HttpContext context, [FromForm] IFormCollection form, EditCustomer edit, CancellationToken ct)
            => SaveAsync(id, context, form, edit, ct));
        routes.MapPost("/customers/{id:guid}/merge", MergeAsync);
    }

    private static async Task<IResult> SaveAsync(Guid? id, HttpContext context, IFormCollection form, EditCustomer edit, CancellationToken ct)
    {
        var amount = form["value"].ToString().Trim();
        if (amount.Length > 0 && !decimal.TryParse(amount, CultureInfo.InvariantCulture, out _))
        {
            return Refuse(id, new Problem("customer.amount_invalid", amount), form);
        }

        var result = await edit.RunAsync(context.User.ToActor(), new()
        {
            Id = id,
            Name = form["name"],
            Emails = Lines(form["emails"]),
            Phones = Lines(form["phones"]),
            Organization = form["organization"],
            Language = form["language"],
            TimeZone = form["zone"].ToString().Trim(),
            Note = form["note"],
            Tags = form["tags"].ToString().Split([',', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            YearlyValue = amount.Length > 0 ? decimal.Parse(amount, CultureInfo.InvariantCulture) : -1,
            RenewsOn = form["renews"],
            Vip = form["vip"] == "true",
            Blocked = form["blocked"] == "true",
            Attributes = PostedFields.Of(form),
        }, ct);
        return result.Ok ? Results.Redirect($"/customers/{result.Value}") : Refuse(id, result.Problem, form);
    }

    private static async Task<IResult> MergeAsync(Guid id, HttpContext context, [FromForm] IFormCollection form, MergeCustomers merge,
        IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        var other = await FindAsync(dbs, id, form["address"].ToString().Trim(), ct);
        if (!other.Ok)
        {
            return Refuse(id, other.Problem, form);
        }

        var result = await merge.RunAsync(context.User.ToActor(), new(other.Value, id), ct);
        return result.Ok ? Results.Redirect($"/customers/{id}") : Refuse(id, result.Problem, null);
    }

    // By what is unmistakable first; a name only when one customer has it, which those without any address need.
    private static async Task<Result<Guid>> FindAsync(IDbContextFactory<DeskDb> dbs, Guid into, string who, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var (email, phone) = (CustomerAddress.Normalize(AddressKind.Email, who), CustomerAddress.Normalize(AddressKind.Phone, who));
        if (await db.Set<CustomerAddress>().Where(a => (a.Kind == AddressKind.Email && a.Normal == email) || (a.Kind == AddressKind.Phone && phone != "" && a.Normal == phone))
            .Select(a => (Guid?)a.CustomerId).FirstOrDefaultAsync(ct) is { } addressed)
        {
            return addressed;
        }

        return await db.Set<Customer>().Where(c => c.Name == who && c.Id != into && c.MergedIntoId == null).Select(c => c.Id).Take(2).ToListAsync(ct) switch
        {
            [var only] => only,
            [] => Problem.NotFound("customer"),
            _ => new Problem("customer.several", who) { Field = "address" },
        };
    }

    private static IResult Refuse(Guid? id, Problem why, IFormCollection? form)
        => PageResult.Of<CustomerPage>(new Dictionary<string, object?>
        {
            [nameof(CustomerPage.Id)] = id,
            [nameof(CustomerPage.Typed)] = new Typed(form, why),
        }, StatusCodes.Status422UnprocessableEntity);

    private static string[] Lines(string? text)
        => text?.Split(['\n', ',', ';', '，', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
