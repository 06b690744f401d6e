using System.Diagnostics.Tracing;
using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Pools;

namespace Multiprocessing.Tests.Diagnostics;

/// <summary>What a listener to events, as <c>dotnet-trace</c> is one, is told of each worker.</summary>
public sealed class EventTests : IDisposable
{
    private readonly TestHost _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void The_start_the_kill_and_the_end_of_a_worker_are_told()
    {
        using Events events = new();
        using WorkerProcess worker = new(_test.Host, static () => Thread.Sleep(Timeout.Infinite)) { Name = "sleeper" };
        worker.Start();
        worker.Kill();
        worker.Kill();
        worker.Dispose();

        Assert.Equal(["WorkerStarted", "WorkerKilled sleeper", "WorkerEnded sleeper 137"], events.Of(worker.Id));
    }

    [Fact]
    public void The_exit_code_of_a_worker_that_ends_by_itself_is_told()
    {
        using Events events = new();
        using WorkerPool pool = new(_test.Host, 1);
        int id = pool.Run(static () => Environment.ProcessId);
        Assert.Throws<WorkerDiedException>(() => pool.Run(static () => Environment.Exit(3)));
        int successor = pool.Run(static () => Environment.ProcessId);

        Assert.True(Rendezvous.Await(() => events.Of(id).Count == 2));
        Assert.Equal(["WorkerStarted", $"WorkerEnded {pool.Name}.1 3"], events.Of(id));
        Assert.Contains($"WorkerReplaced {pool.Name}.2", events.Of(successor));
    }

    private sealed class Events : EventListener
    {
        private readonly List<(int Process, string Text)> _seen = [];

        public IReadOnlyList<string> Of(int process)
        {
            lock (_seen)
            {
                return [.. _seen.Where(one => one.Process == process).Select(static one => one.Text)];
            }
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Multiprocessing")
            {
                EnableEvents(eventSource, EventLevel.Informational);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            // Called for the first time before the fields are set.
            if (_seen is null || eventData.EventSource.Name != "Multiprocessing")
            {
                return;
            }

            lock (_seen)
            {
                _seen.Add(((int)eventData.Payload![0]!, string.Join(' ', eventData.Payload.Skip(1).Prepend(eventData.EventName))));
            }
        }
    }
}
