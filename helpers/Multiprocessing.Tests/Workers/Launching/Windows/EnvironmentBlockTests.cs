using Multiprocessing.Workers.Launching.Windows;

namespace Multiprocessing.Tests.Workers.Launching.Windows;

public class EnvironmentBlockTests
{
    [Fact]
    public void Variables_are_sorted_by_name_without_regard_to_case_and_end_with_zeros() =>
        Assert.Equal("a=1\0B=2\0Path=C:\\x;D:\\y\0이름=값 = 1\0\0", EnvironmentBlock.Of(new Dictionary<string, string> { ["이름"] = "값 = 1", ["Path"] = @"C:\x;D:\y", ["B"] = "2", ["a"] = "1" }));

    [Fact]
    public void Without_any_variable_it_ends_all_the_same() => Assert.Equal("\0\0", EnvironmentBlock.Of(new Dictionary<string, string>()));

    [Fact]
    public void An_empty_value_is_a_value() => Assert.Equal("A=\0\0", EnvironmentBlock.Of(new Dictionary<string, string> { ["A"] = "" }));
}
