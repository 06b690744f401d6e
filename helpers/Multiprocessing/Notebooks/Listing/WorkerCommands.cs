using System.Globalization;
using Multiprocessing.Workers;

namespace Multiprocessing.Notebooks.Listing;

/// <summary>What kernels ask for, by these names, when a reader wants to see or to end the workers of the notebook: <c>#!workers</c>, <c>#!kill-workers</c> and the list in VS Code. Thread-safe.</summary>
internal static class WorkerCommands
{
    /// <summary>Those that live at about this moment.</summary>
    public static WorkerTable List() => new(WorkerHost.Default.Live.List());

    /// <inheritdoc cref="LiveWorkers.Kill"/>
    public static bool Kill(int processId) => WorkerHost.Default.Live.Kill(processId);

    /// <inheritdoc cref="WorkerHost.KillAllAsync"/>
    /// <returns>What there is to say about it, once they have ended.</returns>
    public static async Task<string> KillAllAsync() => Describe(await WorkerHost.Default.KillAllAsync().ConfigureAwait(false));

    /// <summary>Says how many were ended.</summary>
    public static string Describe(int count) =>
        count == 0 ? "끝낼 작업 프로세스가 없습니다." : string.Create(CultureInfo.InvariantCulture, $"작업 프로세스 {count}개를 끝냈습니다.");
}
