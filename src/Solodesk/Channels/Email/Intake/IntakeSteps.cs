using Solodesk.Common;

namespace Solodesk.Channels.Email.Intake;

/// <summary>The steps of filing, in the order they are taken.</summary>
[UseCase]
internal sealed class IntakeSteps(ReadLetter read, SameMail same, IEnumerable<IIntakeFilter> filters, Threads threads, FileRequest request, TimeProvider clock)
{
    public ReadLetter Read => read;
    public SameMail Same => same;
    public IReadOnlyList<IIntakeFilter> Filters { get; } = [.. filters.OrderBy(f => f.Order)];
    public Threads Threads => threads;
    public FileRequest Request => request;
    public TimeProvider Clock => clock;
}
