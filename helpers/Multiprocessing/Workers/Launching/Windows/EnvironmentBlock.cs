using System.Text;

namespace Multiprocessing.Workers.Launching.Windows;

/// <summary>Environment variables as <c>CreateProcess</c> takes them: each with a zero behind it, and another at the end, sorted by name without regard to case.</summary>
internal static class EnvironmentBlock
{
    public static string Of(IReadOnlyDictionary<string, string> variables)
    {
        string[] names = [.. variables.Keys];
        Array.Sort(names, StringComparer.OrdinalIgnoreCase);
        StringBuilder block = new();
        foreach (string name in names)
        {
            block.Append(name).Append('=').Append(variables[name]).Append('\0');
        }

        // A block without any variable ends with two as well.
        return block.Append('\0', names.Length == 0 ? 2 : 1).ToString();
    }
}
