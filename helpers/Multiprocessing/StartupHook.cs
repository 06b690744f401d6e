using System.Diagnostics.CodeAnalysis;
using Multiprocessing;
using Multiprocessing.Workers.Launching;

/// <summary>What a runtime runs in this assembly before a program's own code, where a worker is the program itself (<see cref="ProgramCommand"/>). The runtime looks for it by these names.</summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for it outside any.")]
internal static class StartupHook
{
    /// <summary>Runs the worker, and ends the process with it: the program's own code does not run.</summary>
    public static void Initialize()
    {
        ProgramCommand.TakeHookAway();
        Environment.Exit(WorkerProgram.Main(Environment.GetCommandLineArgs()[1..]));
    }
}
