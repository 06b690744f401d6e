using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multiprocessing.Serialization.Assemblies;

/// <summary>
/// The simple names of assemblies. Avoids <c>GetName</c> where possible: it creates a culture object, and the first of those loads the globalization
/// library, which takes a starting worker several milliseconds. Thread-safe.
/// </summary>
internal static class AssemblyNames
{
    private static readonly ConditionalWeakTable<Assembly, string> Names = [];

    public static string Of(Assembly assembly) => Names.GetValue(assembly, Read);

    private static string Read(Assembly assembly)
    {
        string full = assembly.FullName ?? "";
        int end = full.IndexOf(',', StringComparison.Ordinal);

        // A backslash: the name holds characters that must be escaped there, a cell's for one.
        return end < 0 || full.Contains('\\', StringComparison.Ordinal) ? assembly.GetName().Name ?? "" : full[..end];
    }
}
