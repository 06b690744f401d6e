using Multiprocessing.Serialization;

namespace Multiprocessing.Connections;

/// <summary>What a worker is told as soon as it is launched.</summary>
/// <param name="ProgramFolder">The folder of the parent's program, as <see cref="AppContext.BaseDirectory"/> has it: a function finds beside it what it would find in the parent.</param>
/// <param name="ProgramAssembly">The full name of the parent's <see cref="System.Reflection.Assembly.GetEntryAssembly"/>; empty if there is none.</param>
/// <param name="NativeFolders">The folders in which the parent looks for native libraries.</param>
/// <param name="RemovedVariables">The environment variables that only the worker's runtime was meant to see.</param>
/// <param name="SegmentFolder">Where the parent's shared segments are (<see cref="Memory.SegmentFolder.ForWorkers"/>).</param>
/// <param name="LifeSign">A file that is there as long as the parent does not end.</param>
/// <param name="WarmUp">Whether there is time to prepare for a call, since none is waiting.</param>
internal sealed record WorkerStartInfo(string ProgramFolder, string ProgramAssembly, string NativeFolders, IReadOnlyList<string> RemovedVariables, string SegmentFolder, string LifeSign, bool WarmUp)
{
    public static WorkerStartInfo Read(PayloadReader input)
    {
        string programFolder = input.ReadString() ?? "";
        string programAssembly = input.ReadString() ?? "";
        string nativeFolders = input.ReadString() ?? "";
        string[] removed = new string[input.ReadCount()];
        for (int i = 0; i < removed.Length; i++)
        {
            removed[i] = input.ReadString() ?? "";
        }

        return new WorkerStartInfo(programFolder, programAssembly, nativeFolders, removed, input.ReadString() ?? "", input.ReadString() ?? "", input.ReadBoolean());
    }

    public void Write(PayloadWriter output)
    {
        output.WriteString(ProgramFolder);
        output.WriteString(ProgramAssembly);
        output.WriteString(NativeFolders);
        output.WriteCount(RemovedVariables.Count);
        foreach (string name in RemovedVariables)
        {
            output.WriteString(name);
        }

        output.WriteString(SegmentFolder);
        output.WriteString(LifeSign);
        output.WriteBoolean(WarmUp);
    }
}
