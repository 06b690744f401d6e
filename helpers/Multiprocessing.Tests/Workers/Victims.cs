namespace Multiprocessing.Tests.Workers;

/// <summary>Processes of their own that are killed at any moment.</summary>
internal static class Victims
{
    /// <summary>Starts some and kills them, one after the other.</summary>
    /// <param name="functions">What they do, which never ends.</param>
    /// <param name="hasBegun">Whether all of them have begun.</param>
    /// <param name="moments">When to kill them.</param>
    public static async Task KillAsync(IEnumerable<Action> functions, Func<bool> hasBegun, Random moments)
    {
        WorkerProcess[] victims = [.. functions.Select(static function => new WorkerProcess(function))];
        foreach (WorkerProcess victim in victims)
        {
            victim.Start();
        }

        while (!hasBegun())
        {
            await Task.Delay(1);
        }

        foreach (WorkerProcess victim in victims)
        {
            await Task.Delay(moments.Next(15));
            Processes.Kill(victim.Id);
        }

        foreach (WorkerProcess victim in victims)
        {
            Assert.Throws<WorkerDiedException>(victim.Join);
            victim.Dispose();
        }
    }
}
