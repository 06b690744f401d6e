using System.Text;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>
/// Marks, on the process's standard error, where a cell has ended. Unlike standard output that stream stays what it was, since the runtime writes to it when it dies, and what it says then has to
/// reach somebody who is still there. So the client has to tell to which cell text belongs that native code and child processes write there.
/// </summary>
internal static class ErrorMarks
{
    private static volatile bool s_areWanted;

    /// <summary>Begins to put marks, for a client that knows them.</summary>
    public static void Begin() => s_areWanted = true;

    /// <summary>Puts a mark: a command's token between two zeros. It waits for a client that is slow to read: hold no lock.</summary>
    /// <returns>The mark, for the event that says that the cell has ended; null if there is none.</returns>
    public static string? Put(string token) => s_areWanted && StandardStreams.WriteError(Encoding.UTF8.GetBytes($"\0{token}\0")) ? token : null;
}
