using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Solodesk.Tests;

/// <summary>Everything that a desk's database holds, table by table.</summary>
internal static partial class Tables
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<Dictionary<string, string>> TablesAsync(this DeskApp desk) => desk.TablesAsync(static (_, value) => value);

    /// <summary>A hash of each table, without what every desk must draw anew: ids, tokens and stamps.</summary>
    public static async Task<Dictionary<string, string>> HashAsync(this DeskApp desk)
        => (await desk.TablesAsync(static (column, value) => Drawn().IsMatch(column) ? "" : Id().Replace(value, "*")))
            .ToDictionary(t => t.Key, t => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(t.Value))));

    private static Task<Dictionary<string, string>> TablesAsync(this DeskApp desk, Func<string, string, string> shown) => desk.ReadAsync(async db =>
    {
        var tables = new Dictionary<string, string>(StringComparer.Ordinal);
        var connection = db.Database.GetDbConnection();
        await connection.OpenAsync(Ct);
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()).OfType<string>().Distinct())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync(Ct);
            var rows = new List<string>();
            while (await reader.ReadAsync(Ct))
            {
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => shown(reader.GetName(i), Text(reader.GetValue(i))))));
            }

            tables[table] = string.Join('\n', rows.Order(StringComparer.Ordinal));
        }

        return tables;
    });

    private static string Text(object value) => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    [GeneratedRegex("Token$|Stamp$|PasswordHash|^Secret")]
    private static partial Regex Drawn();

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-f]{32}|(?<=/files/)[\\w-]{20,40}")]
    private static partial Regex Id();
}
