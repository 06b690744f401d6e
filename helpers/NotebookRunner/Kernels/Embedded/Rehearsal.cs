namespace NotebookRunner.Kernels.Embedded;

/// <summary>
/// Compiles and runs, beside everything else, a small script of what cells are made of: the first real cell then finds the compiler warm, which spares it half a second. Nobody sees
/// anything of the script; it has a session of its own.
/// </summary>
internal static class Rehearsal
{
    private const string Script = """
        int[] numbers = [1, 2];
        record Point(int X, int Y);
        void Each(int[] xs) { foreach (int x in xs) _ = $"{x * x}: {new Point(x, 1)}"; }
        Func<int, int> twice = x => x * numbers[1];
        Each(numbers);
        await Task.FromResult(numbers.Select(twice).Sum());
        """;

    /// <summary>Begins with it, and does not wait.</summary>
    public static void Begin()
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "rehearsal", Priority = ThreadPriority.BelowNormal };
        thread.UnsafeStart();
    }

    private static void Run()
    {
        try
        {
            new CSharpSession().Run(Script, "rehearsal", CancellationToken.None);
        }
#pragma warning disable CA1031 // What is wrong with it is wrong with the first cell, too, which will say so.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
