using System.Text;
using System.Text.Json;
using NotebookRunner.Kernels.Embedded;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Tests.Kernels.Embedded;

/// <summary>What waits for a client that is slow to read.</summary>
public sealed class EventWriterTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(FactAttribute.Limit);

    private readonly SlowClient _client = new();
    private readonly EventWriter _events;

    public EventWriterTests() => _events = new EventWriter(_client);

    public void Dispose()
    {
        _client.Go.Set();
        _events.Close(Limit);
        _client.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cell_that_puts_out_more_than_the_client_reads_waits_and_goes_on_when_it_has_read(bool isText)
    {
        string piece = new('x', 10_000);
        int posted = 0;
        var cell = Task.Factory.StartNew(
            () =>
            {
                for (; Volatile.Read(ref posted) < 10_000; Interlocked.Increment(ref posted))
                {
                    Assert.True(_events.WaitForRoom(() => false));
                    if (isText)
                        _events.PostText(Event("text"), piece);
                    else
                        _events.Post(Event("display", new(FormattedValues: [new("text/plain", piece)])));
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        // A million characters may wait.
        while (Volatile.Read(ref posted) < 100)
            await Task.Delay(10);
        await Task.Delay(300);
        Assert.InRange(Volatile.Read(ref posted), 100, 500);
        _client.Go.Set();
        await cell;
        Assert.Equal(10_000, posted);
    }

    [Fact]
    public async Task A_cell_that_waits_and_is_stopped_waits_no_longer()
    {
        _events.Post(Event("first"));
        Assert.True(_client.Began.Wait(Limit));
        while (_events.WaitForRoom(() => true))
            _events.Post(Event("display", new(FormattedValues: [new("text/plain", new string('x', 100_000))])));
        bool isStopped = false;
        var waiting = Task.Run(() => _events.WaitForRoom(() => Volatile.Read(ref isStopped)));
        await Task.Delay(50);
        Assert.False(waiting.IsCompleted);
        Volatile.Write(ref isStopped, true);
        Assert.False(await waiting);
    }

    [Fact]
    public void Of_updates_of_a_value_that_wait_only_the_newest_is_sent()
    {
        // The first line is on its way when the others come.
        _events.Post(Event("first"));
        Assert.True(_client.Began.Wait(Limit));
        for (int i = 1; i <= 100_000; i++)
        {
            Assert.True(_events.WaitForRoom(() => true));
            _events.PostUpdate(Event("update", new(ValueId: i % 2 == 0 ? "even" : "odd", FormattedValues: [new("text/plain", $"{i}")])));
        }

        _events.Post(Event("last"));
        _client.Go.Set();
        _events.Close(Limit);
        Assert.Equal(["first", "odd 99999", "even 100000", "last"], _client.Lines());
    }

    [Fact]
    public void Who_flushes_waits_until_what_was_posted_has_been_sent_but_not_for_ever()
    {
        _events.Post(Event("first"));
        Assert.True(_client.Began.Wait(Limit));
        _events.Post(Event("second"));
        _events.Flush(TimeSpan.FromMilliseconds(50));
        Assert.Empty(_client.Lines());
        _client.Go.Set();
        _events.Flush(Limit);
        Assert.Equal(["first", "second"], _client.Lines());
    }

    private static EventEnvelope Event(string type, EventContent? content = null) => new(content ?? new(), type, null);

    private sealed class SlowClient : MemoryStream
    {
        public ManualResetEventSlim Began { get; } = new();

        public ManualResetEventSlim Go { get; } = new();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Began.Set();
            Go.Wait();
            base.Write(buffer);
        }

        public IEnumerable<string> Lines() => Encoding.UTF8.GetString(ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize(line, ProtocolJson.Relaxed.EventEnvelope)!)
            .Select(sent => sent.Event is { ValueId: { } id, FormattedValues: [var form] } ? $"{id} {form.Value}" : sent.EventType!);
    }
}
