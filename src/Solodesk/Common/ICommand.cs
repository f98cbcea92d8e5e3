namespace Solodesk.Common;

/// <summary>One command of the command line, such as <c>token create</c>.</summary>
public interface ICommand
{
    /// <summary>The words that call it.</summary>
    string Name { get; }

    /// <summary>Its arguments in one line, for the help.</summary>
    string Arguments { get; }

    /// <summary>One sentence on what it does.</summary>
    string Summary { get; }

    /// <summary>Runs it and gives back the exit code; <paramref name="services"/> is the desk, prepared but not listening.</summary>
    Task<int> RunAsync(IServiceProvider services, IReadOnlyList<string> arguments, CancellationToken ct);
}
