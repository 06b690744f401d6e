using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>Answers requests, one after another, on a thread of its own: neither a cell that runs nor one that has taken all threads of the pool makes them wait.</summary>
internal sealed class RequestQueue
{
    private readonly object _gate = new();
    private readonly List<CommandEnvelope> _waiting = [];
    private readonly EventWriter _events;
    private readonly Action<CommandEnvelope, ReceivedCommand> _answer;
    private readonly string[] _momentary;

    /// <summary>Begins to wait for requests.</summary>
    /// <param name="name">What is asked for.</param>
    /// <param name="events">Where the answers go.</param>
    /// <param name="answer">Posts the answer to a request; an exception is one, too.</param>
    /// <param name="momentary">The types of those that a user waits for, who has written on when there is a newer one: they come first, and only the newest is answered.</param>
    public RequestQueue(string name, EventWriter events, Action<CommandEnvelope, ReceivedCommand> answer, params string[] momentary)
    {
        _events = events;
        _answer = answer;
        _momentary = momentary;
        new Thread(AnswerAll) { IsBackground = true, Name = name, Priority = ThreadPriority.BelowNormal }.UnsafeStart();
    }

    /// <summary>Answers a request when those before it have been answered.</summary>
    public void Enqueue(CommandEnvelope request)
    {
        List<CommandEnvelope> outdated = [];
        lock (_gate)
        {
            if (IsMomentary(request))
            {
                outdated = _waiting.FindAll(waiting => waiting.CommandType == request.CommandType);
                _waiting.RemoveAll(outdated.Contains);
            }

            _waiting.Add(request);
            Monitor.Pulse(_gate);
        }

        foreach (var forgotten in outdated)
            new ReceivedCommand(forgotten, _events).Fail($"{forgotten.CommandType}: a newer request has taken its place.");
    }

    private bool IsMomentary(CommandEnvelope request) => _momentary.Contains(request.CommandType);

    private CommandEnvelope Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
                Monitor.Wait(_gate);
            int next = Math.Max(_waiting.FindIndex(IsMomentary), 0);
            var request = _waiting[next];
            _waiting.RemoveAt(next);
            return request;
        }
    }

    private void AnswerAll()
    {
        while (true)
            Answer(Take());
    }

    private void Answer(CommandEnvelope request)
    {
        var command = new ReceivedCommand(request, _events);
        try
        {
            _answer(request, command);
            command.Succeed();
        }
        catch (RequestFailedException exception)
        {
            command.Fail(exception.Message);
        }
#pragma warning disable CA1031 // The compiler may stumble over half a cell; the next request is another one.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            command.Fail($"{request.CommandType}: {exception.Message}");
        }
    }
}
