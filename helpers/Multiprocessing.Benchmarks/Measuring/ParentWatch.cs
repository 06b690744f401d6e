namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>Ends this process when the one that has started it wants that, or has ended itself, even if by a kill: its end of the standard input is closed then.</summary>
internal static class ParentWatch
{
    /// <summary>The exit code of a program that was told to end.</summary>
    public const int Interrupted = 130;

    /// <summary>What is measured has this time to end what it has started.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <param name="end">Cancelled first.</param>
    public static void Start(CancellationTokenSource end) => new Thread(() =>
    {
        using Stream input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }

        try
        {
            end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is over anyway.
        }

        Thread.Sleep(Grace);
        Environment.Exit(Interrupted);
    })
    {
        IsBackground = true,
    }.Start();
}
