using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using NotebookRunner.Kernels.Embedded;
using NotebookRunner.Kernels.Embedded.Input;
using NotebookRunner.Kernels.Embedded.Submissions;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels;

/// <summary>The <c>kernel</c> verb: a C# kernel that speaks .NET Interactive's stdio protocol on standard input and output.</summary>
internal static class EmbeddedKernel
{
    /// <summary>Has the kernel put <see cref="ErrorMarks"/>.</summary>
    public const string MarkErrorsOption = "--mark-errors";

    // Code that runs when the process exits, such as a cell's own handlers, may hang.
    private static readonly TimeSpan ExitGrace = TimeSpan.FromSeconds(2);

    private static volatile bool _isExiting;

    /// <summary>Runs until standard input ends or a Quit command comes, and then ends the process.</summary>
    /// <param name="arguments">What follows the verb, for instance <c>--working-dir DIR</c>. What only the real tool knows is ignored.</param>
    /// <returns>The process's exit code.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        StartProfile.Begin();
        if (FindWorkingDirectory(arguments) is { } workingDirectory)
        {
            if (!Directory.Exists(workingDirectory))
            {
                Console.Error.WriteLine($"kernel: there is no folder '{workingDirectory}'");
                return 1;
            }

            Directory.SetCurrentDirectory(workingDirectory);
        }

        if (OperatingSystem.IsWindows())
        {
            WindowsJob.Lead();
            WindowsConsole.UseUtf8();
        }
        else if (Console.IsInputRedirected)
        {
            UnixProcessGroup.Lead();
        }

        // The runner, whose terminal the Ctrl-C comes from, decides what becomes of the cell.
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = _isExiting);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        if (arguments.Contains(MarkErrorsOption))
            ErrorMarks.Begin();
        var streams = StandardStreams.Take();
        Console.SetOut(new CellConsole(EventTypes.StandardOutputValueProduced));
        Console.SetError(new CellConsole(EventTypes.StandardErrorValueProduced));
        Console.SetIn(new CellInput());

        var events = new EventWriter(streams.Events);
        // A cell may end the process: what it has put out before is its last words.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => events.Flush(ExitGrace);
        UnhandledExceptions.Report();
        var copies = ShadowCopies.OfProcess;
        var rebuilt = new RebuiltAssemblies(copies);
        Rehearsal.Begin();
        var session = new CSharpSession(rebuilt, copies);
        session.ServeProcess();
        var commands = new CommandDispatcher(new CellRunner(session, streams.Stray), session, new InputRequests(events), events);
        events.Post(new(new(KernelInfos: [KernelInfos.Whole, KernelInfos.CSharp]), EventTypes.KernelReady, null, []));
        if (copies is not null)
            ThreadPool.UnsafeQueueUserWorkItem(_ => copies.Sweep(), null);
        using var reader = new StreamReader(streams.Commands);
        // On this thread, not on one of the pool: a cell may have taken them all, and is yet to be cancelled.
        while (reader.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line) && !Handle(line, events, commands))
                break;
        }

        events.Close(ExitGrace);
        Exit();
        return 0;
    }

    /// <returns>False if there is to be no other command.</returns>
    private static bool Handle(string line, EventWriter events, CommandDispatcher commands)
    {
        try
        {
            if (JsonSerializer.Deserialize(line, ProtocolJson.Relaxed.CommandEnvelope) is { } command && command.CommandType is not null)
                return commands.Dispatch(command);
            ReceiveEvent(line, commands);
            return true;
        }
        catch (JsonException exception)
        {
            events.Post(new(new(Message: exception.Message), EventTypes.ErrorProduced, null));
            return true;
        }
    }

    private static void ReceiveEvent(string line, CommandDispatcher commands)
    {
        try
        {
            if (JsonSerializer.Deserialize(line, ProtocolJson.Relaxed.EventEnvelope) is { } envelope)
                commands.Receive(envelope);
        }
        catch (JsonException)
        {
            // Polyglot Notebooks sends back every event that it sees. One that looks different from those that we know is none that we wait for.
        }
    }

    private static string? FindWorkingDirectory(IReadOnlyList<string> arguments)
    {
        int option = arguments.ToList().IndexOf("--working-dir");
        return option >= 0 && option + 1 < arguments.Count ? arguments[option + 1] : null;
    }

    private static void Exit()
    {
        new Thread(() =>
        {
            Thread.Sleep(ExitGrace);
            Process.GetCurrentProcess().Kill();
        }) { IsBackground = true }.UnsafeStart();
        // After whatever else wants to happen at the end: what the cells have started ends with the kernel.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => TerminateChildren();
        Environment.Exit(0);
    }

    private static void TerminateChildren()
    {
        // On Windows they are in our job.
        if (OperatingSystem.IsWindows())
            return;
        // Not we ourselves, who are on our way out with an exit code of our own.
        _isExiting = true;
        UnixProcessGroup.Terminate(Environment.ProcessId);
    }
}
