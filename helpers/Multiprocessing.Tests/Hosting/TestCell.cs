namespace Multiprocessing.Tests.Hosting;

/// <summary>A cell of a <see cref="TestHost"/>, and what is written in it.</summary>
/// <param name="gate">Holds up whoever writes, until it is set; null for nobody.</param>
/// <param name="leave">Ends it.</param>
internal sealed class TestCell(ManualResetEventSlim? gate = null, Action? leave = null) : IDisposable
{
    private readonly TestWriter _output = new(gate);
    private readonly TestWriter _error = new(gate);

    public string Output => _output.Text;

    public string Error => _error.Text;

    /// <summary>Whether somebody is held up, or was.</summary>
    public bool HasHeldUp => _output.HasHeldUp || _error.HasHeldUp;

    public TextWriter Out => _output;

    public TextWriter ErrorOut => _error;

    public void Dispose() => leave?.Invoke();
}
