using Microsoft.EntityFrameworkCore;
using Solodesk.Customers;

namespace Solodesk.Tests.Writing;

/// <summary>What PostgreSQL refuses in a text is neither saved nor asked for.</summary>
public sealed class StorableTextTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0xD83D)]
    [InlineData(0xDE00)]
    public async Task A_question_with_what_no_text_may_hold_finds_nothing_and_breaks_nothing(int unit)
    {
        await using var desk = new DeskApp();
        var strange = $"Ada{(char)unit} Byron";
        string[] several = [strange, "nobody"];

        Assert.Empty(await desk.ReadAsync(db => db.Set<Customer>().Where(c => c.Name == strange).ToListAsync(Ct)));
        Assert.Empty(await desk.ReadAsync(db => db.Set<Customer>().Where(c => several.Contains(c.Name)).ToListAsync(Ct)));
        Assert.Equal(0, await desk.ReadAsync(db => db.Set<Customer>().Where(c => c.Name.StartsWith(strange)).ExecuteUpdateAsync(s => s.SetProperty(c => c.Name, strange), Ct)));
    }
}
