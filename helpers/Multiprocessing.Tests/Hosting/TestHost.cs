using Multiprocessing.Connections.Calls;
using Multiprocessing.Hosting;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Hosting;

/// <summary>
/// What a process has one of, for one test or those of one class: workers, stock, shared memory; and a notebook that tells by the execution context in which of its cells something is written, as .NET
/// Interactive does. Tests that run meanwhile notice nothing, and are not heard.
/// </summary>
public sealed class TestHost : INotebookHost, IDisposable
{
    private readonly AsyncLocal<TestCell?> _current = new();
    private readonly TestCell _nowhere = new();
    private int _startedWorkers;

    public TestHost() => Host = new WorkerHost(this);

    /// <summary>Whether there are cells whose text has to wait for them; if not, it is a program, whose console is there all the time.</summary>
    public bool RunsCells { get; init; } = true;

    /// <summary>Cancelled when the cells are stopped.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>How many workers have been taken for a call or a pool.</summary>
    public int StartedWorkers => _startedWorkers;

    /// <summary>What was written in no cell.</summary>
    public string Stray => _nowhere.Output + _nowhere.Error;

    /// <summary>What tests give to whatever they test.</summary>
    internal WorkerHost Host { get; }

    CancellationToken INotebookHost.Stop => Stop;

    TextWriter INotebookHost.Out => Current.Out;

    TextWriter INotebookHost.Error => Current.ErrorOut;

    Type? INotebookHost.FormatterSource => null;

    private TestCell Current => _current.Value ?? _nowhere;

    public void Dispose() => Host.Dispose();

    /// <summary>Begins a cell: the calling code and what it starts are in it, until it is disposed of.</summary>
    /// <param name="gate">Holds up whoever writes there, until it is set; null for nobody.</param>
    internal TestCell BeginCell(ManualResetEventSlim? gate = null)
    {
        TestCell cell = new(gate, () => _current.Value = null);
        _current.Value = cell;
        return cell;
    }

    /// <inheritdoc cref="WorkerProcess.RunAsync{T}(Func{T}, CancellationToken)"/>
    internal async Task<T> RunAsync<T>(Func<T> function) => (T)(await RunAsync(Call.Of(function)))!;

    /// <inheritdoc cref="WorkerProcess.RunAsync{T}(Func{Task{T}}, CancellationToken)"/>
    internal async Task<T> RunAsync<T>(Func<Task<T>> function) => (T)(await RunAsync(Call.Of(function)))!;

    /// <inheritdoc cref="WorkerProcess.RunAsync(Action, CancellationToken)"/>
    internal Task RunAsync(Action function) => RunAsync(Call.Of(function));

    /// <inheritdoc cref="WorkerProcess.RunAsync(Action{CancellationToken}, CancellationToken, TimeSpan?)"/>
    internal Task RunAsync(Action<CancellationToken> function) => RunAsync(Call.Of(function));

    void INotebookHost.OnWorkerStarting() => Interlocked.Increment(ref _startedWorkers);

    void INotebookHost.TellOfRebuilt(string fileName) => Current.ErrorOut.WriteLine(fileName);

    private Task<object?> RunAsync(Call call) => WorkerProcess.RunAsync(Host, call, CancellationToken.None);
}
