using NotebookRunner.Kernels;

namespace NotebookRunner.Tests.Kernels;

/// <summary>Kernels that the tests of a class share, since each takes seconds to start; and the folder that they work in.</summary>
public sealed class KernelsFixture : IAsyncLifetime
{
    internal const string Embedded = "embedded", Real = "dotnet-interactive";

    private readonly Dictionary<string, KernelProcess> _kernels = [];
    private readonly List<KernelProcess> _own = [];

    internal string Folder { get; } = Directory.CreateTempSubdirectory("kernel-tests-").FullName;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The kernel of that name, with all that other tests have declared in it.</summary>
    internal async Task<KernelProcess> GetAsync(string name = Embedded)
    {
        if (!_kernels.TryGetValue(name, out var kernel))
            kernel = _kernels[name] = await StartKernelAsync(name, Folder);

        return kernel;
    }

    /// <summary>A kernel for one test.</summary>
    internal async Task<KernelProcess> StartAsync(string name, string? folder = null)
    {
        var kernel = await StartKernelAsync(name, folder ?? Folder);
        _own.Add(kernel);
        return kernel;
    }

    internal async Task<CellResult> RunAsync(string code, string kernel = Embedded) => await (await GetAsync(kernel)).ExecuteAsync(code);

    public async ValueTask DisposeAsync()
    {
        foreach (var kernel in _kernels.Values.Concat(_own))
            await kernel.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static Task<KernelProcess> StartKernelAsync(string name, string folder) =>
        KernelProcess.StartAsync(name == Real ? RealKernel.CommandLine(folder) : KernelCommandLine.Embedded, folder);
}
