using NotebookRunner.Kernels;

namespace NotebookRunner.Tests.Kernels;

public class ExitStatusTests
{
    [Theory]
    [InlineData(7, "exited with code 7", "exit code 7")]
    [InlineData(137, "was killed by SIGKILL", "SIGKILL")]
    [InlineData(255, "exited with code 255", "exit code 255")]
    public void On_Unix_a_signal_has_its_name(int code, string sentence, string cause) => AssertTells(new(code) { IsOfWindows = false }, sentence, cause);

    [Theory]
    [InlineData(7, "exited with code 7", "exit code 7")]
    [InlineData(-1, "exited with code -1 (as Process.Kill has a process end)", "exit code -1")]
    [InlineData(-1073741571, "ended with 0xC00000FD (stack overflow)", "exit code 0xC00000FD (stack overflow)")]
    public void On_Windows_what_the_system_has_ended_it_with_is_told_in_words(int code, string sentence, string cause) => AssertTells(new(code) { IsOfWindows = true }, sentence, cause);

    private static void AssertTells(ExitStatus status, string sentence, string cause)
    {
        Assert.Equal(sentence, status.ToString());
        Assert.Equal(cause, status.Cause);
    }
}
