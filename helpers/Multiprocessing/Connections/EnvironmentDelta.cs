using Multiprocessing.Serialization;

namespace Multiprocessing.Connections;

/// <summary>What a function may see of its parent's surroundings, as of the call.</summary>
/// <param name="WorkingDirectory">The working directory; empty if it is gone.</param>
/// <param name="ChangedVariables">The environment variables that have changed since the worker was told; null for one that is gone.</param>
internal sealed record EnvironmentDelta(string WorkingDirectory, IReadOnlyDictionary<string, string?> ChangedVariables)
{
    public static EnvironmentDelta Since(IReadOnlyDictionary<string, string> told, EnvironmentSnapshot now)
    {
        Dictionary<string, string?> changed = new(EnvironmentSnapshot.NameComparer);
        foreach ((string name, string value) in now.Variables)
        {
            if (!told.TryGetValue(name, out string? before) || before != value)
            {
                changed[name] = value;
            }
        }

        foreach (string name in told.Keys)
        {
            if (!now.Variables.ContainsKey(name))
            {
                changed[name] = null;
            }
        }

        return new EnvironmentDelta(now.Directory, changed);
    }

    public static EnvironmentDelta Read(PayloadReader input)
    {
        string directory = input.ReadString() ?? "";
        Dictionary<string, string?> changed = new(EnvironmentSnapshot.NameComparer);
        for (int left = input.ReadCount(); left > 0; left--)
        {
            changed[input.ReadString() ?? ""] = input.ReadString();
        }

        return new EnvironmentDelta(directory, changed);
    }

    public void Write(PayloadWriter output)
    {
        output.WriteString(WorkingDirectory);
        output.WriteCount(ChangedVariables.Count);
        foreach ((string name, string? value) in ChangedVariables)
        {
            output.WriteString(name);
            output.WriteString(value);
        }
    }

    /// <summary>Makes these the surroundings of this process.</summary>
    public void Apply()
    {
        foreach ((string name, string? value) in ChangedVariables)
        {
            // An empty value is a value on Unix, and no variable on Windows, so that only null removes it.
            Environment.SetEnvironmentVariable(name, value);
        }

        if (ChangedVariables.ContainsKey("TZ"))
        {
            TimeZoneInfo.ClearCachedData();
        }

        // The parent may stand in a folder that is gone; the worker then stays where it was started, which is there.
        if (Directory.Exists(WorkingDirectory))
        {
            Environment.CurrentDirectory = WorkingDirectory;
        }
    }

    /// <summary>The working directory of this process; empty if it is gone.</summary>
    public static string CurrentDirectory()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (IOException)
        {
            // Somebody has deleted the folder that this process stands in.
            return "";
        }
    }
}
