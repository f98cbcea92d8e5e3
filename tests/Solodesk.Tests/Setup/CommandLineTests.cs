using Solodesk.Setup;

namespace Solodesk.Tests.Setup;

public sealed class CommandLineTests
{
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
