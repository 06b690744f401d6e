using System.Collections;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing.Workers;

/// <summary>The surroundings of this process at one time. As long as nothing changes it is the same object, so that to compare costs nothing. Thread-safe.</summary>
internal sealed class SurroundingsSnapshot
{
    private static volatile SurroundingsSnapshot? s_last;

    private SurroundingsSnapshot(Dictionary<string, string> environment, string directory)
    {
        Environment = environment;
        Directory = directory;
    }

    /// <summary>The environment variables.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>The working directory; empty if it is gone.</summary>
    public string Directory { get; }

    /// <summary>The surroundings as they are now.</summary>
    public static SurroundingsSnapshot Take()
    {
        string directory = Surroundings.CurrentDirectory();
        return s_last is { } last && last.Directory == directory && last.HasSame(System.Environment.GetEnvironmentVariables())
            ? last
            : s_last = new SurroundingsSnapshot(WorkerCommand.CurrentEnvironment(), directory);
    }

    private bool HasSame(IDictionary now)
    {
        if (now.Count != Environment.Count)
        {
            return false;
        }

        IDictionaryEnumerator entries = now.GetEnumerator();
        while (entries.MoveNext())
        {
            if (!Environment.TryGetValue((string)entries.Key, out string? value) || value != (string?)entries.Value)
            {
                return false;
            }
        }

        return true;
    }
}
