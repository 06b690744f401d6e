using Multiprocessing.Workers.Launching;

namespace Multiprocessing.Tests.Workers.Launching;

public class WindowsExitCodesTests
{
    [Theory]
    [InlineData(0xC000_00FD, "ended with 0xC00000FD (stack overflow)")]
    [InlineData(0xC000_0005, "ended with 0xC0000005 (access violation)")]
    [InlineData(0xC000_0409, "ended with 0xC0000409 (fail fast in native code, such as a buffer overrun)")]
    [InlineData(0xC000_013A, "ended with 0xC000013A (Ctrl-C)")]
    [InlineData(0xC000_0017, "ended with 0xC0000017 (no memory)")]
    [InlineData(0xE043_4352, "ended with 0xE0434352 (unhandled .NET exception)")]
    [InlineData(0x8013_1623, "ended with 0x80131623 (Environment.FailFast)")]
    public void A_crash_is_told_with_its_number_and_what_it_means(uint code, string expected) => Assert.Equal(expected, WindowsExitCodes.DescribeEnd((int)code));

    [Theory]
    [InlineData(0xC0AB_CDEF, "ended with 0xC0ABCDEF")]
    [InlineData(0x8000_4005, "ended with 0x80004005")]
    public void A_crash_that_nobody_knows_is_told_with_the_number_that_one_looks_up(uint code, string expected) => Assert.Equal(expected, WindowsExitCodes.DescribeEnd((int)code));

    [Theory]
    [InlineData(0, "exited with code 0")]
    [InlineData(3, "exited with code 3")]
    [InlineData(-2, "exited with code -2")]
    [InlineData(100_000, "exited with code 100000")]
    public void A_code_of_the_program_s_own_is_told_as_it_was_given(int code, string expected) => Assert.Equal(expected, WindowsExitCodes.DescribeEnd(code));

    [Theory]
    [InlineData(1, "Task Manager")]
    [InlineData(-1, "Process.Kill")]
    [InlineData(WindowsExitCodes.Killed, "its parent")]
    public void A_code_that_those_choose_who_end_processes_is_told_with_who_does(int code, string expected) =>
        Assert.Contains(expected, WindowsExitCodes.DescribeEnd(code), StringComparison.Ordinal);

    [Theory]
    [InlineData(1, "1")]
    [InlineData(-1, "-1")]
    [InlineData(137, "137")]
    [InlineData(unchecked((int)0xC000_00FD), "0xC00000FD (stack overflow)")]
    public void In_a_table_it_is_a_number_with_what_it_means_for_certain(int code, string expected) => Assert.Equal(expected, WindowsExitCodes.Describe(code));
}
