using System.IO.Pipes;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Multiprocessing.Connections.Output;

namespace Multiprocessing.Tests.Connections.Output;

public sealed class PolledTextTests : IDisposable
{
    private readonly StringBuilder _text = new();
    private readonly AnonymousPipeServerStream _writer = new(PipeDirection.Out);
    private readonly FileStream _reader;
    private readonly PolledText _stream;

    public PolledTextTests()
    {
        _reader = new FileStream(new SafeFileHandle(_writer.ClientSafePipeHandle.DangerousGetHandle(), ownsHandle: false), FileAccess.Read, bufferSize: 0);
        _stream = new PolledText(_reader, new TextReceiver(text => _text.Append(text)));
    }

    public void Dispose()
    {
        _reader.Dispose();
        _writer.Dispose();
    }

    [LinuxFact("only the launcher of Linux polls; for Windows see PipeTextTests")]
    public void What_has_been_written_is_passed_on_without_waiting_for_more()
    {
        _stream.ReadArrived();
        _writer.Write("한글"u8);
        _stream.ReadArrived();
        _stream.ReadArrived();

        Assert.Equal("한글", _text.ToString());
        Assert.True(_stream.Descriptor >= 0);
    }

    [LinuxFact("only the launcher of Linux polls; for Windows see PipeTextTests")]
    public void What_comes_when_nobody_waits_for_it_any_more_is_left_and_the_stream_can_be_closed()
    {
        _writer.Write([.. "early"u8, 0xED, 0x95]);
        _stream.ReadArrived();
        _stream.Stop();
        _writer.Write("late"u8);
        _reader.Dispose();
        _stream.ReadArrived();
        _stream.Stop();

        Assert.Equal("early\uFFFD", _text.ToString());
        Assert.True(_stream.Descriptor < 0);
    }
}
