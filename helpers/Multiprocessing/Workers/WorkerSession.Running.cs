using System.Reflection;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Assemblies;
using Multiprocessing.Transport;
using Multiprocessing.Transport.Segments;
using Multiprocessing.Workers.Launching;
using Multiprocessing.Workers.Output;

namespace Multiprocessing.Workers;

/// <content>What happens until it ends, on a thread of its own: output is passed on, the answer taken, the end awaited.</content>
internal sealed partial class WorkerSession
{
    /// <summary>What a worker's own child processes keep open is not waited for longer than this.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMilliseconds(500);

    private static readonly LoadedAssemblies Resolver = LoadedAssemblies.Instance;

    private Frame? _answer;
    private object? _result;
    private Exception? _error;

    private void Run()
    {
        bool isReaped = false;
        try
        {
            using SessionOutput output = new(this, _home, _worker);
            _output = output;
            _answer = ReceiveAnswer(output);

            // The end of the call is what is waited for; that of the process takes longer than many a call.
            bool isAnswered = _answer is not null && output.TryTakeArrived();
            if (isAnswered)
            {
                Exit = new WorkerExit(_answer!.Kind == FrameKind.Result ? WorkerExit.Returned : WorkerExit.Threw, 0);
                Rebuild("");
                Complete();
            }

            WorkerExit exit = AwaitEnd(output);
            output.Drain(DrainLimit);
            _worker.Dispose();
            isReaped = true;
            if (!isAnswered)
            {
                Exit = exit;
                Rebuild(output.LastErrorLines);
            }

            // The shared objects of the result have been taken over; the rest of what the worker made goes with it.
            SegmentFolder.RemoveWorker(_worker.Id);
            if (!isAnswered)
            {
                Complete();
            }

            // What it was sent must be there until it has ended, even if nobody else refers to it any more.
            GC.KeepAlive(_call);
        }
#pragma warning disable CA1031 // The root of a thread: whatever goes wrong here, whoever waits must be told, and this process must live on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _worker.Kill(withChildren: !_completion.Task.IsCompleted);
            if (!isReaped)
            {
                WorkerExit exit = _worker.WaitForExit();
                Exit ??= exit;
                _worker.Dispose();
            }

            _holding?.End(failed: true);
            _completion.TrySetException(new WorkerDiedException($"Worker '{Name}' (process {_worker.Id}) was given up: {e.Message}", e));
        }
        finally
        {
            _ended.SetResult();
        }
    }

    /// <summary>Waits for the result or the fault.</summary>
    /// <returns>Null if the process ended instead, or said nothing that makes sense.</returns>
    private Frame? ReceiveAnswer(SessionOutput output)
    {
        Frame? frame;
        do
        {
            // The function may end the process itself; no answer follows then.
            frame = ReceiveNext(output);
        }
        while (frame is { Kind: FrameKind.Ending });
        return frame;
    }

    /// <summary>Waits for what comes next, other than text, which it passes on.</summary>
    private Frame? ReceiveNext(SessionOutput output)
    {
        while (true)
        {
            output.AwaitChannel();
            Frame? frame = _worker.Channel.Receive();
            switch (frame?.Kind)
            {
                case FrameKind.Started when _worker.Processors is null:
                    WorkerStock.Default.Refill();
                    break;
                case FrameKind.Started:
                    // The next one of its kind cannot come from stock either.
                    break;
                case FrameKind.LibraryWanted:
                    AnswerRequest(frame);
                    break;
                case FrameKind.Output:
                case FrameKind.ErrorOutput:
                    output.Add(frame, isLast: !_worker.Channel.HasArrived);
                    break;
                default:
                    return frame;
            }
        }
    }

    /// <summary>Finds a library for the worker, in the context of what started it: the way there may lead through code that prints.</summary>
    private void AnswerRequest(Frame frame)
    {
        LibraryRequest request = LibraryRequest.Read(new PayloadReader(frame.Payload));
        LibraryAnswer? answer = null;
        void Find(object? _) => answer = LibrarySearch.Answer(request);
        if (_home is null)
        {
            Find(null);
        }
        else
        {
            ExecutionContext.Run(_home, Find, null);
        }

        PayloadWriter payload = new();
        answer!.Write(payload);
        try
        {
            _worker.Channel.Send(FrameKind.Library, payload.Written.Span);
        }
        catch (IOException)
        {
            // It has ended meanwhile.
        }
    }

    private WorkerExit AwaitEnd(SessionOutput output)
    {
        using Timer impatience = new(_ => _worker.Kill(withChildren: _answer is null));
        if (_answer is null)
        {
            // It died, or said nothing that makes sense. What it has started ends with it.
            _worker.Kill(withChildren: true);
        }
        else
        {
            // Threads of the function may keep the process for as long as they like. Its own end may not.
            while (ReceiveNext(output) is { } frame)
            {
                if (frame.Kind == FrameKind.Ending)
                {
                    impatience.Change(EndingLimit, Timeout.InfiniteTimeSpan);
                }
            }
        }

        impatience.Change(EndingLimit, Timeout.InfiniteTimeSpan);
        return _worker.WaitForExit();
    }

    /// <summary>Makes the result, or the error, of the answer, or of having none.</summary>
    private void Rebuild(string lastErrorLines)
    {
        try
        {
            switch (_answer?.Kind)
            {
                case FrameKind.Result:
                    _result = Shipment.Unpack(_answer.Payload, Resolver);
                    break;
                case FrameKind.Fault:
                    WorkerFault fault = WorkerFault.Read(new PayloadReader(_answer.Payload));
                    _error = new WorkerException(fault, Name, _worker.Id, Resolver);
                    break;
                default:
                    _error = new WorkerDiedException(Name, _worker.Id, Exit!.Value, lastErrorLines);
                    break;
            }
        }
#pragma warning disable CA1031 // Rebuilding the result runs code of the result's own types; whatever that does, whoever waits must be told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Exception cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            _error = new WorkerException($"The result of worker '{Name}' could not be rebuilt here: {cause.Message}", cause);
        }
    }

    private void Complete()
    {
        _holding?.End(failed: _answer?.Kind != FrameKind.Result);
        if (_error is null)
        {
            _completion.SetResult(_result);
        }
        else
        {
            _completion.SetException(_error);

            // An exception that nobody waits for is no concern of the finalizer's.
            _ = _completion.Task.Exception;
        }
    }
}
