using Multiprocessing.Hosting;
using Multiprocessing.Tests.Hosting;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Workers;

/// <summary>Where the host has no place of its own for what workers print, the console takes it: whatever stands there at the moment.</summary>
[Collection(nameof(SurroundingsTests))]
public sealed class ConsoleTests : IDisposable
{
    private readonly WorkerHost _host = new(new NoNotebook());
    private readonly TextWriter _before = Console.Out;

    public void Dispose()
    {
        Console.SetOut(_before);
        _host.Dispose();
    }

    [Fact]
    public void The_console_is_asked_at_each_piece()
    {
        using TestWriter first = new(), second = new();
        using SharedValue<bool> mayGoOn = new();
        using WorkerProcess worker = new(_host, () =>
        {
            Console.WriteLine("first");
            SpinWait.SpinUntil(() => mayGoOn.Value);
            Console.WriteLine("second");
        });
        Console.SetOut(first);
        worker.Start();
        SpinWait.SpinUntil(() => first.Text.Length > 0);
        Console.SetOut(second);
        mayGoOn.Value = true;
        worker.Join();

        Assert.Equal(("first\n", "second\n"), (first.Text, second.Text));
    }

    [Fact]
    public void A_console_that_throws_does_not_fail_the_call()
    {
        Console.SetOut(new ThrowingWriter());
        using WorkerProcess worker = new(_host, static () => Console.WriteLine("lost"));
        worker.Start();
        worker.Join();

        Assert.Equal(0, worker.ExitCode);
    }

    private sealed class ThrowingWriter : StringWriter
    {
        public override void Write(string? value) => throw new InvalidOperationException("no console");
    }
}
