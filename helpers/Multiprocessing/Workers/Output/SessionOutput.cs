using System.Text;
using Multiprocessing.Serialization;
using Multiprocessing.Transport;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing.Workers.Output;

/// <summary>All that one worker prints, by whichever way, on its way to the reader.</summary>
internal sealed class SessionOutput : IDisposable
{
    /// <summary>Text that arrives together is passed on together, up to about this many characters: a host takes long over each piece.</summary>
    private const int LargestPiece = 32 * 1024;

    private readonly LineAssembler[] _assemblers;
    private readonly LineAssembler _output;
    private readonly LineAssembler _error;
    private readonly LastLines _lastErrors = new();
    private readonly StringBuilder _piece = new();
    private readonly RawOutput _raw;
    private FrameKind _pieceKind;
    private int _taken;
    private int _passedOn;

    /// <summary>Begins to read what the process prints without the help of Console.Out.</summary>
    public SessionOutput(WorkerSession session, ExecutionContext? home, LaunchedWorker worker)
    {
        _output = Assembler(isError: false);
        _error = Assembler(isError: true);
        LineAssembler rawOutput = Assembler(isError: false);
        LineAssembler rawError = Assembler(isError: true);
        _assemblers = [_output, rawOutput, _error, rawError];
        _raw = worker.ReadOutput(new TextReceiver(rawOutput.Append), new TextReceiver(text =>
        {
            _lastErrors.Append(text.ToString());
            rawError.Append(text);
        }));

        LineAssembler Assembler(bool isError) => new(text => OutputRouter.Deliver(session, home, text, isError));
    }

    /// <summary>The end of what it has written to its error output.</summary>
    public string LastErrorLines => _lastErrors.ToString();

    /// <summary>How many pieces of text that the function wrote to the console have been passed on. Thread-safe.</summary>
    public int PassedOn => Volatile.Read(ref _passedOn);

    /// <summary>Waits for something in the worker's channel. Not thread-safe.</summary>
    public void AwaitChannel() => _raw.AwaitChannel();

    /// <summary>Takes text that the function wrote to the console. Not thread-safe.</summary>
    /// <param name="frame">The text.</param>
    /// <param name="isLast">Whether nothing else has arrived yet.</param>
    public void Add(Frame frame, bool isLast)
    {
        if (frame.Kind != _pieceKind)
        {
            PassOn();
        }

        _pieceKind = frame.Kind;
        _piece.Append(TextBytes.ToText(frame.Payload));
        _taken++;
        if (isLast || _piece.Length >= LargestPiece)
        {
            PassOn();
        }
    }

    /// <summary>Passes on what the worker has printed before now.</summary>
    /// <returns>Whether that is sure to be all; if not, all of it is there only when the process has ended.</returns>
    public bool TryTakeArrived()
    {
        PassOn();
        bool isAll = _raw.TryTakeArrived();
        FlushAll();
        return isAll;
    }

    /// <summary>Passes on everything, when the process has ended.</summary>
    /// <param name="limit">How long to wait for what its own child processes keep open.</param>
    public void Drain(TimeSpan limit)
    {
        PassOn();
        _raw.Drain(limit);
        FlushAll();
    }

    /// <summary>Passes on a line that the function has not finished. Thread-safe.</summary>
    public void Flush()
    {
        _output.Flush();
        _error.Flush();
    }

    public void Dispose() => Array.ForEach(_assemblers, static assembler => assembler.Dispose());

    private void FlushAll() => Array.ForEach(_assemblers, static assembler => assembler.Flush());

    private void PassOn()
    {
        if (_piece.Length == 0)
        {
            return;
        }

        string text = _piece.ToString();
        _piece.Clear();
        if (_pieceKind == FrameKind.ErrorOutput)
        {
            _lastErrors.Append(text);
            _error.Append(text);
        }
        else
        {
            _output.Append(text);
        }

        Volatile.Write(ref _passedOn, _taken);
    }
}
