using System.Text;

namespace Multiprocessing.Tests.Workers;

/// <summary>
/// Sends what is written to the console to the test whose execution context writes it, as .NET Interactive does with its cells: whoever writes from
/// elsewhere writes into the void.
/// </summary>
internal sealed class CapturedConsole : IDisposable
{
    private static readonly AsyncLocal<CapturedConsole?> Current = new();

    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    /// <summary>Holds up whoever writes, until it is set; null for nobody.</summary>
    public ManualResetEventSlim? Gate { get; init; }

    /// <summary>Whether somebody is held up, or was.</summary>
    public bool HasHeldUp { get; private set; }

    public CapturedConsole()
    {
        Install();
        Current.Value = this;
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    public void Dispose() => Current.Value = null;

    private void Wait()
    {
        if (Gate is { IsSet: false } gate)
        {
            HasHeldUp = true;
            gate.Wait();
        }
    }

    // Each time: the test runner sets the console, too, and at a time of its own choice.
    private static void Install()
    {
        Console.SetOut(new Router(static console => console._output));
        Console.SetError(new Router(static console => console._error));
    }

    private sealed class Router(Func<CapturedConsole, StringBuilder> target) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string? value)
        {
            if (Current.Value is { } console)
            {
                console.Wait();
                lock (target(console))
                {
                    target(console).Append(value);
                }
            }
        }
    }
}
