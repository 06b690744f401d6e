using System.Diagnostics;
using System.Net.Sockets;

namespace Multiprocessing.Tests.Serialization;

public class ExceptionTests
{
    [Fact]
    public void An_exception_goes_with_what_it_holds()
    {
        Exception thrown = Throw(new OddException("odd", new ArgumentException("inner", "parameter")) { Number = 7 });
        thrown.Data["key"] = new List<int> { 1 };
        thrown.HelpLink = "help";

        OddException copy = (OddException)RoundTrip.Of(thrown);

        Assert.Equal(("odd", 7, "help"), (copy.Message, copy.Number, copy.HelpLink));
        Assert.Equal("parameter", Assert.IsType<ArgumentException>(copy.InnerException).ParamName);
        Assert.Equal([1], (List<int>)copy.Data["key"]!);
        Assert.NotNull(copy.ToString());
    }

    [Fact]
    public void Several_exceptions_in_one_go()
    {
        AggregateException thrown = (AggregateException)Throw(new AggregateException(Throw(new InvalidOperationException("a")), new AggregateException(new FormatException("b"))));
        AggregateException copy = RoundTrip.Of(thrown);

        Assert.Equal(["a", "b"], copy.Flatten().InnerExceptions.Select(e => e.Message).Order());
    }

    [Fact]
    public void Where_an_inner_exception_was_thrown_goes_as_text()
    {
        Exception copy = RoundTrip.Of(new InvalidOperationException("outer", Throw(new FormatException("inner"))));
        Assert.Contains(nameof(Throw), copy.InnerException!.StackTrace, StringComparison.Ordinal);
        Assert.Contains(nameof(Throw), RoundTrip.Of(copy).InnerException!.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exceptions_of_cancelled_tasks_go_without_the_task()
    {
        using CancellationTokenSource source = new();
        await source.CancelAsync();
        Exception cancelled = await Assert.ThrowsAnyAsync<Exception>(() => Task.Delay(1000, source.Token));
        Exception operation = Throw(new OperationCanceledException("stop", source.Token));

        Assert.Equal(cancelled.Message, Assert.IsType<TaskCanceledException>(RoundTrip.Of(cancelled)).Message);
        Assert.Equal("stop", RoundTrip.Of(operation).Message);
    }

    [Fact]
    public void Exceptions_of_the_framework_and_of_this_library_go()
    {
        Exception[] exceptions =
        [
            new SocketException(10061), new FileNotFoundException("m", "file"), new KeyNotFoundException(), new DivideByZeroException(), new ObjectDisposedException("o"),
            new ArgumentOutOfRangeException("p", 5, "m"), new System.Text.Json.JsonException("j", "path", 1, 2), new HttpRequestException("h", null, System.Net.HttpStatusCode.NotFound),
            new System.ComponentModel.Win32Exception(5), new UnreachableException(), new BadImageFormatException("b", "f"), new TypeInitializationException("T", new NotSupportedException()),
            new System.Xml.XmlException("x"), new TimeoutException(), new OutOfMemoryException(), new WorkerException("w"), new NotShippableException("n"),
            new WorkerException("w", new NotShippableException("n")),
        ];
        foreach (Exception exception in exceptions)
        {
            Exception copy = RoundTrip.Of(Throw(exception));
            Assert.IsType(exception.GetType(), copy);
            Assert.Equal(exception.Message, copy.Message);
            Assert.NotNull(copy.ToString());
            Assert.NotNull(new StackTrace(copy).ToString());
        }
    }

    private static Exception Throw(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private sealed class OddException(string message, Exception inner) : Exception(message, inner)
    {
        public int Number { get; set; }
    }
}
