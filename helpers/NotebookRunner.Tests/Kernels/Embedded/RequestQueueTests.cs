using System.Collections.Concurrent;
using NotebookRunner.Kernels.Embedded;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Tests.Kernels.Embedded;

/// <summary>In which order requests are answered, and which no longer.</summary>
public sealed class RequestQueueTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public void Those_that_a_user_waits_for_come_first_and_only_the_newest_of_a_type_is_answered()
    {
        using var began = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        using var stream = new MemoryStream();
        var events = new EventWriter(stream);
        var answered = new ConcurrentQueue<string>();
        var queue = new RequestQueue("test", events, Answer, "Hover", "Help");
        queue.Enqueue(Request("1", "Diagnostics"));
        Assert.True(began.Wait(Limit));
        queue.Enqueue(Request("2", "Diagnostics"));
        queue.Enqueue(Request("3", "Hover"));
        queue.Enqueue(Request("4", "Diagnostics"));
        queue.Enqueue(Request("5", "Help"));
        queue.Enqueue(Request("6", "Hover"));
        go.Release(10);
        Assert.True(SpinWait.SpinUntil(() => answered.Count == 5, Limit));
        events.Close(Limit);

        Assert.Equal(["1", "5", "6", "2", "4"], answered);
        string[] lines = System.Text.Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string failure = Assert.Single(lines, line => line.Contains("CommandFailed", StringComparison.Ordinal));
        Assert.Contains("\"token\":\"3\"", failure, StringComparison.Ordinal);
        Assert.Contains("Hover: a newer request has taken its place.", failure, StringComparison.Ordinal);

        void Answer(CommandEnvelope request, ReceivedCommand command)
        {
            began.Release();
            Assert.True(go.Wait(Limit));
            answered.Enqueue(request.Token!);
        }
    }

    private static CommandEnvelope Request(string token, string type) => new(token, type, new());
}
