namespace Multiprocessing.Tests.Misbehaving;

/// <summary>The ways in which a program ends.</summary>
internal static class Ending
{
    /// <summary>Waits for a line, and ends.</summary>
    /// <param name="way">How: <c>throw</c>, <c>exit</c>, or else by returning.</param>
    /// <returns>The exit code of one that returns.</returns>
    public static int Await(string way)
    {
        _ = Console.ReadLine();
        switch (way)
        {
            case "throw":
                throw new InvalidOperationException("not caught");
            case "exit":
                Environment.Exit(7);
                return 7;
            default:
                return 0;
        }
    }
}
