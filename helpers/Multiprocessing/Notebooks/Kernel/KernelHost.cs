using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Multiprocessing.Hosting;
using Multiprocessing.Notebooks.Display;
using Multiprocessing.Serialization.Code;
using Multiprocessing.Workers;

namespace Multiprocessing.Notebooks.Kernel;

/// <summary>The notebook whose kernel this process is, or may be. Thread-safe.</summary>
internal sealed class KernelHost : INotebookHost
{
    private readonly ConditionalWeakTable<object, RunningCell> _cells = [];
    private readonly Lazy<StoppedThreads> _stoppedThreads = new();
    private readonly Lazy<CellAssemblies> _cellAssemblies = new();
    private int _hasExtension;

    /// <inheritdoc/>
    public CancellationToken Stop => NotebookKernel.Context is { } context
        ? _cells.GetValue(context, context => new RunningCell(context, _stoppedThreads)).Stop
        : CancellationToken.None;

    /// <inheritdoc/>
    public bool RunsCells => _cellAssemblies.Value.AreThere;

    /// <inheritdoc/>
    public Type? FormatterSource => typeof(FormatterSource);

    /// <inheritdoc/>
    public void OnWorkerStarting()
    {
        if (KernelExtension.IsWanted && Interlocked.Exchange(ref _hasExtension, 1) == 0)
        {
            KernelExtension.Load();
        }
    }

    /// <inheritdoc/>
    public void TellOfRebuilt(string fileName)
    {
        if (RunsCells)
        {
            Console.Error.WriteLine($"{fileName} 파일을 불러온 뒤에 파일 내용이 바뀌었습니다. 작업 프로세스도 처음에 불러온 것을 실행합니다. 새것을 쓰려면 커널을 다시 시작하세요.");
        }
        else
        {
            new NoNotebook().TellOfRebuilt(fileName);
        }
    }

    // The kernel is looked for when it is first asked for: this runs in each worker, too, and takes no time there.
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255:The ModuleInitializer attribute should not be used in libraries", Justification = "A cell refers to the assembly and has nothing to set up; the layers below must not name this one.")]
    internal static void Introduce() => WorkerHost.Default = new WorkerHost(new KernelHost());

    /// <summary>Whether cells have been compiled in this process, looked for and watched from the first question on.</summary>
    private sealed class CellAssemblies
    {
        private volatile bool _areThere;

        public CellAssemblies()
        {
            // A host that compiles cells is there as soon as there is a cell's assembly.
            AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => Look(loaded.LoadedAssembly);
            Array.ForEach(AppDomain.CurrentDomain.GetAssemblies(), Look);
        }

        public bool AreThere => _areThere;

        private void Look(Assembly assembly)
        {
            // Only ever set: two may be looked at at the same time.
            if (GeneratedNames.IsCellAssembly(assembly))
            {
                _areThere = true;
            }
        }
    }
}
