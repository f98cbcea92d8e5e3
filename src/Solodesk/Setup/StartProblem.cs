using System.Data.Common;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Solodesk.Setup;

/// <summary>Why the desk did not start, for the person in front of the terminal. What is not expected keeps its stack trace.</summary>
public static class StartProblem
{
    /// <summary>One line on what is wrong and what to do, or null when <paramref name="problem"/> is none of the known ones.</summary>
    public static string? InWords(Exception problem, string data) => problem switch
    {
        IOException { InnerException: AddressInUseException } => $"{FirstLine(problem)} Another program listens there: stop it, or choose another address with --urls http://localhost:5081.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } or IOException { InnerException: SocketException { SocketErrorCode: SocketError.AccessDenied } }
            => $"This user may not listen there: {FirstLine(problem)} Choose a port above 1023 with --urls.",
        SocketException or IOException { InnerException: SocketException } => $"The address of --urls does not work: {FirstLine(problem)}",
        UnauthorizedAccessException or DirectoryNotFoundException => $"The folder for the data cannot be written: {FirstLine(problem)} Choose another with --data DIR.",
        IOException => $"The folder for the data ({data}) does not work: {FirstLine(problem)}",
        DbException when problem.Message.Contains("already exists", StringComparison.Ordinal)
            => $"The data in {data} was made by another version of Solodesk. Start that version, or choose an empty folder with --data DIR.",
        DbException => $"The database does not open: {FirstLine(problem)} The data is in {data}, unless Database:Connection names another place.",
        _ => null,
    };

    private static string FirstLine(Exception problem)
    {
        var line = problem.Message.AsSpan();
        var end = line.IndexOfAny('\r', '\n');
        line = (end < 0 ? line : line[..end]).TrimEnd();
        return line is [.., '.' or '!' or '?'] ? line.ToString() : $"{line}.";
    }
}
