using Multiprocessing.Shipping;
using Multiprocessing.Shipping.Assemblies;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing.Workers;

/// <summary>What a worker is told as soon as it is launched: where this program's assemblies and native libraries are.</summary>
/// <param name="AssemblyPaths">The assemblies that the host gave the parent at its start.</param>
/// <param name="NativeFolders">The folders in which the parent looks for native libraries.</param>
/// <param name="HasDiagnosticsVariable">Whether the parent itself has the variable that workers are started with.</param>
internal sealed record Greeting(string AssemblyPaths, string NativeFolders, bool HasDiagnosticsVariable)
{
    public static Greeting ForWorkerWith(IReadOnlyDictionary<string, string> environment) => new(
        StartupAssemblies.Paths,
        AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "",
        environment.ContainsKey(WorkerCommand.DiagnosticsVariable));

    public static Greeting Read(PayloadReader input) => new(input.ReadString() ?? "", input.ReadString() ?? "", input.ReadBoolean());

    public void Write(PayloadWriter output)
    {
        output.WriteString(AssemblyPaths);
        output.WriteString(NativeFolders);
        output.WriteBoolean(HasDiagnosticsVariable);
    }
}
