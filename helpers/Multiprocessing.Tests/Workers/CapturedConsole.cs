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
                lock (target(console))
                {
                    target(console).Append(value);
                }
            }
        }
    }
}
