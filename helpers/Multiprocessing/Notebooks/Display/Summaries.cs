using Multiprocessing.Workers;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing.Notebooks.Display;

/// <summary>What each of the public types is and how it is doing, at a glance: as its <c>ToString</c> says on one line, unless it is an exception. Changes nothing, and waits for nothing.</summary>
internal static class Summaries
{
    public static Summary Of(object shown) => shown switch
    {
        WorkerProcess process => OfProcess(process),
        WorkerPool pool => OfPool(pool),
        ProcessLock gate => OfLock(gate),
        Exception exception => ExceptionSummaries.Of(exception),
        _ => SharedSummaries.Of(shown),
    };

    // The session, not the properties: those take the output, or throw.
    private static Summary OfProcess(WorkerProcess process) => new(nameof(WorkerProcess), process.Session is { } session
        ? [new("이름", process.Name), StateOf(process, session), new("프로세스 번호", Summary.Text(session.Worker.ProcessId)), .. HowItEnded(session)]
        : [new("이름", process.Name), Summary.State("시작하지 않음", process.IsDisposed)]);

    private static SummaryRow StateOf(WorkerProcess process, WorkerSession session)
    {
        string state = session switch
        {
            { Completion.IsCompleted: false } => "실행 중",
            { Killed: true } => "강제로 끝남",
            { Completion.IsFaulted: true } => "예외로 끝남",
            _ => "끝남",
        };
        return Summary.State(state, process.IsDisposed);
    }

    private static IEnumerable<SummaryRow> HowItEnded(WorkerSession session)
    {
        if (!session.Completion.IsCompleted)
        {
            yield break;
        }

        if (session.Exit is { } exit)
        {
            yield return ExceptionSummaries.OfExit(exit.Code, exit.Signal == 0 ? null : SignalNames.Of(exit.Signal));
        }

        if (!session.Killed && session.Completion.Exception?.InnerException is { } error)
        {
            yield return new("예외", error.Message);
        }
    }

    private static Summary OfPool(WorkerPool pool) => new(nameof(WorkerPool),
    [
        new("이름", pool.Name),
        .. pool.IsDisposed
            ? Summary.OfDisposed(pool.Name).Rows
            : [new("작업 프로세스 수", Summary.Text(pool.Processes)), .. SeenProcessors(pool), new("일하는 작업 프로세스", Summary.Text(pool.Busy))],
    ]);

    private static SummaryRow[] SeenProcessors(WorkerPool pool) =>
        pool.ProcessorsPerWorker is { } processors ? [new("각각에 보이는 프로세서 수", Summary.Text(processors))] : [];

    private static Summary OfLock(ProcessLock gate) => gate.IsDisposed
        ? Summary.OfDisposed(nameof(ProcessLock))
        : new Summary(nameof(ProcessLock), [Summary.State(gate.IsHeldByCurrentThread ? "이 스레드가 잠금" : gate.IsHeld ? "다른 스레드나 프로세스가 잠금" : "잠기지 않음")]);
}
