using System.Runtime.Versioning;
using System.Text;
using Multiprocessing.Connections.Output;
using Multiprocessing.Workers.Launching.Windows;

namespace Multiprocessing.Tests.Workers.Launching.Windows;

[SupportedOSPlatform("windows")]
public sealed class PipeTextTests : IDisposable
{
    private readonly StringBuilder _text = new();
    private readonly OverlappedPipe _reader;
    private readonly FileStream _writer;
    private readonly PipeText _arriving;

    public PipeTextTests()
    {
        WorkerPipe pipe = WorkerPipe.CreateOutput(WorkerPipe.OnlyThisUser());
        _reader = new OverlappedPipe(pipe.Own);
        _writer = new FileStream(pipe.Workers, FileAccess.Write, bufferSize: 0);
        _arriving = new PipeText(_reader, new TextReceiver(text => _text.Append(text)));
    }

    public void Dispose()
    {
        _reader.Dispose();
        _writer.Dispose();
    }

    [WindowsFact]
    public void What_has_been_written_is_passed_on_without_waiting_for_more()
    {
        _arriving.ReadArrived();
        _writer.Write("한글"u8);
        _arriving.ReadArrived();
        _arriving.ReadArrived();
        _arriving.ReadSome();

        Assert.Equal("한글", _text.ToString());
        Assert.NotNull(_arriving.Open);
    }

    [WindowsFact]
    public void What_comes_when_nobody_waits_for_it_any_more_is_left_and_the_pipe_can_be_closed()
    {
        _writer.Write("early"u8);
        _arriving.ReadArrived();
        _arriving.Stop();
        _writer.Write("late"u8);
        _reader.Dispose();
        _arriving.ReadArrived();
        _arriving.Stop();

        Assert.Equal("early", _text.ToString());
        Assert.Null(_arriving.Open);
    }

    [WindowsFact]
    public void The_end_of_all_who_could_write_is_the_end()
    {
        _writer.Write("last"u8);
        _writer.Dispose();
        _arriving.ReadArrived();
        _arriving.ReadArrived();

        Assert.Equal("last", _text.ToString());
        Assert.Null(_arriving.Open);
    }
}
