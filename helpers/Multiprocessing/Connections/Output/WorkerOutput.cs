using System.Text;
using Multiprocessing.Serialization;

namespace Multiprocessing.Connections.Output;

/// <summary>All that one worker prints, by whichever way, on its way to the reader.</summary>
internal sealed class WorkerOutput : IDisposable
{
    /// <summary>Text that arrives together is passed on together, up to about this many characters: a host takes long over each piece.</summary>
    private const int LargestPiece = 32 * 1024;

    private readonly LineAssembler[] _assemblers;
    private readonly LineAssembler _output;
    private readonly LineAssembler _error;
    private readonly LastLines _lastErrors = new();
    private readonly StringBuilder _piece = new();
    private readonly RawOutput _raw;
    private readonly OutputRouter _router;

    /// <summary>What has text of this worker to write. Locked by itself.</summary>
    private readonly List<OutputWait> _unwritten = [];
    private volatile bool _isUnwritten;
    private FrameKind _pieceKind;

    /// <param name="worker">The worker.</param>
    /// <param name="process">Its process, whose output is read from now on.</param>
    /// <param name="router">Takes what is whole.</param>
    public WorkerOutput(WorkerConnection worker, ChildProcess process, OutputRouter router)
    {
        _router = router;
        _output = Assembler(isError: false);
        _error = Assembler(isError: true);
        LineAssembler rawOutput = Assembler(isError: false);
        LineAssembler rawError = Assembler(isError: true);
        _assemblers = [_output, rawOutput, _error, rawError];
        _raw = process.ReadOutput(new TextReceiver(rawOutput.Append), new TextReceiver(text =>
        {
            _lastErrors.Append(text.ToString());
            rawError.Append(text);
        }), Write);

        LineAssembler Assembler(bool isError) => new(text => Deliver(new WorkerText(worker, text, isError)), Write, router.Patience);
    }

    /// <summary>The end of what it has written to its error output.</summary>
    public string LastErrorLines => _lastErrors.ToString();

    /// <summary>Waits until the worker rings, passing on what it prints meanwhile without the help of Console.Out. For one thread.</summary>
    /// <returns>False when it has ended instead.</returns>
    public bool AwaitRing() => _raw.AwaitRing();

    /// <summary>Takes text that a function wrote to the console. For one thread at a time, the one that receives.</summary>
    public void Add(in Frame frame)
    {
        if (frame.Kind != _pieceKind || _piece.Length >= LargestPiece)
        {
            PassOn();
        }

        _pieceKind = frame.Kind;
        _piece.Append(TextBytes.ToText(frame.Payload));
    }

    /// <summary>Passes on what was taken. For one thread at a time, the one that receives.</summary>
    public void PassOn()
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
    }

    /// <summary>Passes on a line that a function has not finished. Thread-safe.</summary>
    public void Flush()
    {
        _output.Flush();
        _error.Flush();
    }

    /// <summary>Passes on what the worker has printed before now, by whichever way. For one thread at a time, the one that receives.</summary>
    /// <returns>Whether that is sure to be all; if not, all of it is there only when the process has ended.</returns>
    public bool TryTakeArrived()
    {
        PassOn();
        bool isAll = _raw.TryTakeArrived();
        FlushAll();
        return isAll;
    }

    /// <summary>Passes on everything, when the process has ended. For the thread that waits for rings.</summary>
    /// <param name="limit">How long to wait for what its own child processes keep open.</param>
    public void Drain(TimeSpan limit)
    {
        _raw.Drain(limit);
        FlushAll();
    }

    public void Dispose() => Array.ForEach(_assemblers, static assembler => assembler.Dispose());

    /// <summary>Writes what has been passed on. For whoever holds no lock: a console may take its time. Thread-safe.</summary>
    public void Write()
    {
        while (_isUnwritten)
        {
            OutputWait[] takers;
            lock (_unwritten)
            {
                takers = [.. _unwritten];
                _unwritten.Clear();
                _isUnwritten = false;
            }

            Array.ForEach(takers, static taker => taker.Write());
        }
    }

    private void Deliver(WorkerText text)
    {
        if (_router.Deliver(text) is { } taker)
        {
            lock (_unwritten)
            {
                if (!_unwritten.Contains(taker))
                {
                    _unwritten.Add(taker);
                }

                _isUnwritten = true;
            }
        }
    }

    private void FlushAll() => Array.ForEach(_assemblers, static assembler => assembler.Flush());
}
