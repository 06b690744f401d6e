using System.Runtime.InteropServices;

namespace Multiprocessing.Connections.Calls.Windows;

/// <summary>The regional format of the user, with which every process begins. It need not be that of the display language.</summary>
internal static unsafe partial class UserLocale
{
    /// <summary>LOCALE_NAME_MAX_LENGTH.</summary>
    private const int LongestName = 85;

    /// <summary>Its name, as a culture has it; empty if the system does not say.</summary>
    public static readonly string Name = Read();

    private static string Read()
    {
        char* name = stackalloc char[LongestName];
        int length = GetName(name, LongestName);

        // With the NUL at the end.
        return length > 0 ? new string(name, 0, length - 1) : "";
    }

    [LibraryImport("kernel32", EntryPoint = "GetUserDefaultLocaleName")]
    private static partial int GetName(char* name, int size);
}
