using System.Runtime.InteropServices;
using Multiprocessing.Connections;
using Multiprocessing.Memory.Posix;
using Multiprocessing.Workers.Launching.Windows;

namespace Multiprocessing.Workers;

/// <summary>
/// How a worker ends when its parent asks it to: as a program that gets SIGTERM, or Ctrl-Break on Windows. What handles those runs; what handles <see cref="AppDomain.ProcessExit"/> does as well, of which .NET 10 itself takes no care
/// any more; unless one of the former says that it has seen to it, or the function goes by <see cref="Stopping"/>. Thread-safe.
/// </summary>
internal sealed class Termination
{
    private readonly Lock _gate = new();
    private PosixSignalRegistration? _last;
    private CancellationTokenSource? _stopping;
    private bool _isAskedFor;

    /// <summary>Is cancelled when the parent asks for the end. Whoever has it ends by itself.</summary>
    public CancellationToken Stopping
    {
        get
        {
            lock (_gate)
            {
                // Nobody has registered anything with a new one: no code of the function's runs under the lock.
                return (_stopping ??= new CancellationTokenSource(_isAskedFor ? TimeSpan.Zero : Timeout.InfiniteTimeSpan)).Token;
            }
        }
    }

    /// <summary>Before the function runs: of several handlers of a signal, .NET runs the one that was registered first last, and that one knows what the others have said.</summary>
    public void Prepare()
    {
        lock (_gate)
        {
            // Kept: a registration that is forgotten is none.
            _last ??= PosixSignalRegistration.Create(OperatingSystem.IsWindows() ? PosixSignal.SIGQUIT : PosixSignal.SIGTERM, EndUnlessHandled);
        }
    }

    /// <summary>The parent asks for the end. Runs code of the function's: on a thread of its own.</summary>
    public void Begin()
    {
        CancellationTokenSource? stopping;
        lock (_gate)
        {
            _isAskedFor = true;
            stopping = _stopping;
        }

        Prepare();
        bool isRaised = OperatingSystem.IsWindows() ? Kernel32.GenerateConsoleEvent(Kernel32.ControlBreak, 0) != 0 : Libc.Kill(Environment.ProcessId, Libc.SigTerm) == 0;
        stopping?.Cancel();
        if (!isRaised && stopping is null)
        {
            Environment.Exit(WorkerExit.Terminated);
        }
    }

    private void EndUnlessHandled(PosixSignalContext signal)
    {
        bool isAskedFor;
        lock (_gate)
        {
            isAskedFor = _isAskedFor;
            signal.Cancel |= isAskedFor && _stopping is not null;
        }

        // A signal that somebody else sends does what it does in any program.
        if (isAskedFor && !signal.Cancel)
        {
            Environment.Exit(WorkerExit.Terminated);
        }
    }
}
