using Multiprocessing.Hosting;

namespace Multiprocessing.Tests.Hosting;

/// <summary>The process's own host, with an ear for whoever made it: tests that run meanwhile notice nothing, and are not heard.</summary>
internal sealed class ListeningHost : INotebookHost
{
    private readonly AsyncLocal<bool> _isMaker = new();
    private readonly INotebookHost _own;
    private int _heard;

    public ListeningHost(INotebookHost own)
    {
        _own = own;
        _isMaker.Value = true;
    }

    public int Heard => _heard;

    public CancellationToken Stop => _own.Stop;

    public bool RunsCells => _own.RunsCells;

    public Type? FormatterSource => _own.FormatterSource;

    public void OnWorkerStarting()
    {
        _heard += _isMaker.Value ? 1 : 0;
        _own.OnWorkerStarting();
    }

    public void TellOfRebuilt(string fileName) => _own.TellOfRebuilt(fileName);
}
