using System.Runtime.InteropServices;

namespace NotebookRunner.Commands;

/// <summary>
/// Turns the first Ctrl-C, SIGTERM, SIGHUP or SIGQUIT into a cancellation, so that there is time to end the kernel and to keep
/// what was executed. A second one ends the program at once; the kernel then notices that its input has ended. On Windows, where these
/// are Ctrl-C, Ctrl-Break and the closing of the console's window, the last one leaves some seconds.
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    // Windows waits for five, and then asks the user whether to end the program.
    private static readonly TimeSpan ClosingGrace = TimeSpan.FromSeconds(4.5);

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action? _onInterrupt;
    private volatile bool _isClosing;

    /// <param name="onInterrupt">What Ctrl-C does instead; null if nothing.</param>
    internal TerminationSignals(Action? onInterrupt = null)
    {
        _onInterrupt = onInterrupt;
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT])
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
    }

    internal CancellationToken Token => _source.Token;

    public void Dispose()
    {
        // To take back a handler that is at work is to wait for it. The program ends now, and that with it.
        if (_isClosing)
            return;
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (context.Signal == PosixSignal.SIGINT && _onInterrupt is not null)
        {
            context.Cancel = true;
            _onInterrupt();
            return;
        }

        if (_source.IsCancellationRequested)
            return;
        context.Cancel = true;
        _isClosing = OperatingSystem.IsWindows() && context.Signal is PosixSignal.SIGHUP or PosixSignal.SIGTERM;
        _source.Cancel();
        // When this returns, Windows ends the program, whatever it is at.
        if (_isClosing)
            Thread.Sleep(ClosingGrace);
    }
}
