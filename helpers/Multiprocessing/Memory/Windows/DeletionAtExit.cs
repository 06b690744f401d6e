namespace Multiprocessing.Memory.Windows;

/// <summary>Has the system delete what this process still maps itself when it has ended: to delete a file that is mapped is refused, a handle that deletes when it is closed is not. Thread-safe.</summary>
internal static unsafe class DeletionAtExit
{
    /// <summary>The system takes paths of any length so.</summary>
    private const string AnyLength = @"\\?\";

    /// <summary>How often to look again for files that have another name by now.</summary>
    private const int MostLooks = 10;

    /// <summary>
    /// Leaves a folder with all that is in it to the system. Only when this process ends, and with it all that map those files: whoever went on using them could miss what is not in memory at that moment.
    /// </summary>
    public static void Request(string folder)
    {
        try
        {
            foreach (string inner in Directory.GetDirectories(folder))
            {
                Request(inner);
            }

            // Until there is none that is new: other threads go on, and one of them may just take the name from a file, after the look at the folder.
            HashSet<string> seen = [];
            for (int i = 0; i < MostLooks && Array.FindAll(Directory.GetFiles(folder), seen.Add) is [_, ..] files; i++)
            {
                Array.ForEach(files, Open);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is none, above all. What is left the next program sweeps.
        }

        Open(folder);
    }

    /// <summary>Leaves a file to the system, if it is still there.</summary>
    public static void RequestFile(string file) => Open(file);

    /// <summary>The handle is closed by the end of the process, after those of what is in the folder.</summary>
    private static void Open(string path)
    {
        fixed (char* name = AnyLength + path)
        {
            _ = Kernel32.CreateFile(name, Kernel32.Delete, Kernel32.ShareAll, null, Kernel32.OpenExisting, Kernel32.DeleteOnClose | Kernel32.AlsoFolders, 0);
        }
    }
}
