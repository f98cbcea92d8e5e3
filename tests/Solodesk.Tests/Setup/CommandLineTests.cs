using Microsoft.Extensions.DependencyInjection;
using Solodesk.Common;
using Solodesk.Setup;

namespace Solodesk.Tests.Setup;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Every_command_and_switch_is_explained()
    {
        await using var desk = new DeskApp();

        var help = HelpText.For([.. desk.Services.GetServices<ICommand>()]);

        Assert.All(["serve", "token create", "agent recover", "mail parse", "--data", "--urls", "--demo"], word => Assert.Contains(word, help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--demo --data there")]
    [InlineData("-- --demo --data there")]
    [InlineData("serve --data there --demo")]
    public void The_demo_is_asked_for_as_people_type_it(string line)
    {
        var read = CommandLine.Parse(line.Split(' '));
        Assert.Equal("there", read.Data);
        Assert.Equal(["--Demo", "true"], read.HostArguments);
    }
}
