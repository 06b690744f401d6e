namespace NotebookRunner.Tests.Jupyter;

/// <summary>One kernel for all the tests of a class that leave it alive.</summary>
public sealed class JupyterClientFixture : IDisposable
{
    internal JupyterClient Client { get; } = JupyterClient.Start();

    public void Dispose() => Client.Dispose();
}
