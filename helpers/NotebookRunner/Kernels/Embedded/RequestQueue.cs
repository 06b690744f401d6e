using System.Collections.Concurrent;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>Answers requests, one after another, on a thread of its own: neither a cell that runs nor one that has taken all threads of the pool makes them wait.</summary>
#pragma warning disable CA1001 // It lives as long as the process.
internal sealed class RequestQueue
#pragma warning restore CA1001
{
    private readonly BlockingCollection<CommandEnvelope> _waiting = [];
    private readonly EventWriter _events;
    private readonly Action<CommandEnvelope, ReceivedCommand> _answer;

    /// <summary>Begins to wait for requests.</summary>
    /// <param name="name">What is asked for.</param>
    /// <param name="events">Where the answers go.</param>
    /// <param name="answer">Posts the answer to a request; an exception is one, too.</param>
    public RequestQueue(string name, EventWriter events, Action<CommandEnvelope, ReceivedCommand> answer)
    {
        _events = events;
        _answer = answer;
        new Thread(AnswerAll) { IsBackground = true, Name = name, Priority = ThreadPriority.BelowNormal }.UnsafeStart();
    }

    /// <summary>Answers a request when those before it have been answered.</summary>
    public void Enqueue(CommandEnvelope request) => _waiting.Add(request);

    private void AnswerAll()
    {
        foreach (var request in _waiting.GetConsumingEnumerable())
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
}
