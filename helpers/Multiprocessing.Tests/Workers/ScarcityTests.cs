namespace Multiprocessing.Tests.Workers;

/// <summary>What a program that may open no more files is told, and what is left of what it has tried.</summary>
public class ScarcityTests
{
    [LinuxFact("what a process may open is limited here alone in a way that a test can set")]
    public async Task A_worker_that_cannot_be_started_for_want_of_descriptors_leaves_none_open()
    {
        using MisbehavingProgram program = MisbehavingProgram.Start("scarce workers");
        (string output, string error, int exitCode) = await program.RunToEndAsync();

        // Each step of the start has failed at least once.
        Assert.Equal(("memory pipe socketpair; left 0\n", "", 0), (output, error, exitCode));
    }

    [LinuxFact("what a process may open is limited here alone in a way that a test can set")]
    public async Task A_pool_that_cannot_be_made_for_want_of_memory_harms_nobody_and_the_next_one_can()
    {
        using MisbehavingProgram program = MisbehavingProgram.Start("scarce pools");
        (string output, string error, int exitCode) = await program.RunToEndAsync();

        Assert.Equal(("1\nno room\n14\n", "", 0), (output, error, exitCode));
    }
}
