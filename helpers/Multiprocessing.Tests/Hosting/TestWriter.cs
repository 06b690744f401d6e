using System.Text;

namespace Multiprocessing.Tests.Hosting;

/// <summary>Keeps what is written. Thread-safe.</summary>
/// <param name="gate">Holds up whoever writes, until it is set; null for nobody.</param>
internal sealed class TestWriter(ManualResetEventSlim? gate = null) : TextWriter
{
    private readonly StringBuilder _text = new();
    private volatile bool _hasHeldUp;

    /// <summary>Whether somebody is held up, or was.</summary>
    public bool HasHeldUp => _hasHeldUp;

    /// <summary>What was written, with the line ends of every system as line feeds.</summary>
    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.Replace("\r\n", "\n").ToString();
            }
        }
    }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        if (gate is { IsSet: false })
        {
            _hasHeldUp = true;
            gate.Wait();
        }

        lock (_text)
        {
            _text.Append(value);
        }
    }
}
