using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Multiprocessing.Hosting;
using Multiprocessing.Notebooks.Display;
using Multiprocessing.Serialization.Code;

namespace Multiprocessing.Notebooks.Kernel;

/// <summary>The notebook whose kernel this process is, or may be. Thread-safe.</summary>
internal sealed class KernelHost : INotebookHost
{
    /// <inheritdoc/>
    public CancellationToken Stop => RunningCell.Stop;

    /// <inheritdoc/>
    public bool RunsCells => CellAssemblies.AreThere;

    /// <inheritdoc/>
    public Type? FormatterSource => typeof(FormatterSource);

    /// <inheritdoc/>
    public void OnWorkerStarting() => KernelExtension.EnsureLoaded();

    /// <inheritdoc/>
    public void TellOfRebuilt(string fileName) =>
        Console.Error.WriteLine($"{fileName} 파일이 불러온 뒤에 바뀌었습니다. 작업 프로세스도 처음에 불러온 것을 실행합니다. 새것을 쓰려면 프로그램(노트북이면 커널)을 다시 시작하세요.");

    // The kernel is looked for when it is first asked for: this runs in each worker, too, and takes no time there.
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255:The ModuleInitializer attribute should not be used in libraries", Justification = "A cell refers to the assembly and has nothing to set up; the layers below must not name this one.")]
    internal static void Introduce() => NotebookHost.Current = new KernelHost();

    /// <summary>Whether cells have been compiled in this process, looked for and watched from the first question on.</summary>
    private static class CellAssemblies
    {
        private static volatile bool s_areThere;

        static CellAssemblies()
        {
            // A host that compiles cells is there as soon as there is a cell's assembly.
            AppDomain.CurrentDomain.AssemblyLoad += static (_, loaded) => s_areThere |= GeneratedNames.IsCellAssembly(loaded.LoadedAssembly);
            s_areThere |= AppDomain.CurrentDomain.GetAssemblies().Any(GeneratedNames.IsCellAssembly);
        }

        public static bool AreThere => s_areThere;
    }
}
