using System.Collections;

namespace Multiprocessing.Connections;

/// <summary>The surroundings of this process at one time. As long as nothing changes it is the same object, so that to compare costs nothing. Thread-safe.</summary>
internal sealed class EnvironmentSnapshot
{
    private EnvironmentSnapshot(Dictionary<string, string> variables, string directory)
    {
        Variables = variables;
        Directory = directory;
    }

    /// <summary>What makes two names the same: on Windows PATH is Path.</summary>
    public static StringComparer NameComparer { get; } = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The environment variables.</summary>
    public Dictionary<string, string> Variables { get; }

    /// <summary>The working directory; empty if it is gone.</summary>
    public string Directory { get; }

    /// <summary>The surroundings as they are now.</summary>
    /// <param name="last">What they were the last time: the same object is given if nothing has changed.</param>
    public static EnvironmentSnapshot Take(EnvironmentSnapshot? last)
    {
        string directory = EnvironmentDelta.CurrentDirectory();
        return last is not null && last.Directory == directory && last.HasSame(System.Environment.GetEnvironmentVariables())
            ? last
            : new EnvironmentSnapshot(CurrentVariables(), directory);
    }

    /// <summary>The same surroundings but for some variables.</summary>
    /// <param name="changes">Their values; null for one that is not there.</param>
    public EnvironmentSnapshot With(IReadOnlyDictionary<string, string?> changes)
    {
        Dictionary<string, string> variables = new(Variables, NameComparer);
        foreach ((string name, string? value) in changes)
        {
            if (value is null)
            {
                variables.Remove(name);
            }
            else
            {
                variables[name] = value;
            }
        }

        return new EnvironmentSnapshot(variables, Directory);
    }

    private static Dictionary<string, string> CurrentVariables()
    {
        Dictionary<string, string> variables = new(NameComparer);
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return variables;
    }

    private bool HasSame(IDictionary now)
    {
        if (now.Count != Variables.Count)
        {
            return false;
        }

        IDictionaryEnumerator entries = now.GetEnumerator();
        while (entries.MoveNext())
        {
            if (!Variables.TryGetValue((string)entries.Key, out string? value) || value != (string?)entries.Value)
            {
                return false;
            }
        }

        return true;
    }
}
