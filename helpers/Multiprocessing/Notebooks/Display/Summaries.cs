using System.Reflection;
using Multiprocessing.Connections;
using Multiprocessing.Workers;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing.Notebooks.Display;

/// <summary>
/// What each of the public types is and how it is doing, at a glance: as its <c>ToString</c> says on one line, unless it is an exception.
/// Changes nothing, and waits for nothing.
/// </summary>
internal static class Summaries
{
    /// <summary>Of the shared objects with elements or items.</summary>
    private static readonly Dictionary<Type, string> Methods = new()
    {
        [typeof(SharedArray<>)] = nameof(OfArray),
        [typeof(SharedValue<>)] = nameof(OfValue),
        [typeof(SharedDictionary<,>)] = nameof(OfDictionary),
        [typeof(ProcessQueue<>)] = nameof(OfQueue),
        [typeof(ProcessPipeEnd<,>)] = nameof(OfPipeEnd),
    };

    public static Summary Of(object shown) => shown switch
    {
        WorkerProcess process => OfProcess(process),
        WorkerPool pool => OfPool(pool),
        ProcessLock gate => OfLock(gate),
        ProcessEvent signal => OfEvent(signal),
        ProcessSemaphore semaphore => OfSemaphore(semaphore),
        ProcessBarrier barrier => OfBarrier(barrier),
        ProcessCondition condition => OfCondition(condition),
        Exception exception => ExceptionSummaries.Of(exception),
        _ => OfShared(shown),
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
            { Killed: true, IsAskedToEnd: true, Exit.Code: WorkerExit.Terminated } => "요청을 받고 끝남",
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
            : [new("작업 프로세스 수", Summary.Text(pool.Processes)), .. SeenProcessors(pool), .. pool.IsCompleting ? [Summary.State("맡은 일을 마무리하는 중")] : (SummaryRow[])[], new("일하는 작업 프로세스", Summary.Text(pool.Busy))],
    ]);

    private static SummaryRow[] SeenProcessors(WorkerPool pool) =>
        pool.ProcessorsPerWorker is { } processors ? [new("각각에 보이는 프로세서 수", Summary.Text(processors))] : [];

    private static Summary OfLock(ProcessLock gate) => gate.IsDisposed
        ? Summary.OfDisposed(nameof(ProcessLock))
        : new Summary(nameof(ProcessLock), [Summary.State(gate.IsHeldByCurrentThread ? "이 스레드가 잠금" : gate.IsHeld ? "다른 스레드나 프로세스가 잠금" : "잠기지 않음")]);

    private static Summary OfEvent(ProcessEvent signal) => signal.IsDisposed
        ? Summary.OfDisposed(nameof(ProcessEvent))
        : new Summary(nameof(ProcessEvent), [Summary.State(signal.IsSet ? "설정됨" : "설정되지 않음")]);

    private static Summary OfSemaphore(ProcessSemaphore semaphore) => semaphore.IsDisposed
        ? Summary.OfDisposed(nameof(ProcessSemaphore))
        : new Summary(nameof(ProcessSemaphore), [new("더 들어갈 수 있는 수", Summary.Text(semaphore.CurrentCount))]);

    private static Summary OfBarrier(ProcessBarrier barrier) => barrier.IsDisposed
        ? Summary.OfDisposed(nameof(ProcessBarrier))
        : new Summary(nameof(ProcessBarrier),
        [
            new("참가자 수", Summary.Text(barrier.ParticipantCount)),
            new("아직 도착하지 않은 수", Summary.Text(barrier.ParticipantsRemaining)),
            new("단계", Summary.Text(barrier.CurrentPhaseNumber)),
            .. barrier.IsBroken ? [Summary.State("깨짐")] : (SummaryRow[])[],
        ]);

    private static Summary OfCondition(ProcessCondition condition) => condition.IsDisposed
        ? Summary.OfDisposed(nameof(ProcessCondition))
        : new Summary(nameof(ProcessCondition), [new("기다리는 스레드 수", Summary.Text(condition.WaiterCount))]);

    private static Summary OfShared(object shown)
    {
        Type type = shown.GetType();
        if (!type.IsGenericType || !Methods.TryGetValue(type.GetGenericTypeDefinition(), out string? name))
        {
            throw new ArgumentException($"{type} is shown by somebody else.", nameof(shown));
        }

        // The one way from an object to the parameter of its type, so that the types themselves need know nothing of this.
        MethodInfo method = typeof(Summaries).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.GetGenericArguments());
        return (Summary)method.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [shown], culture: null)!;
    }

    private static Summary OfArray<T>(SharedArray<T> array)
        where T : unmanaged => array.IsDisposed
        ? Summary.OfDisposed(SharedArray<T>.Title)
        : new Summary(SharedArray<T>.Title, [new("길이", Summary.Text(array.Length)), new("원소", array.FirstElements())]);

    private static Summary OfValue<T>(SharedValue<T> value)
        where T : unmanaged => value.IsDisposed
        ? Summary.OfDisposed(SharedValue<T>.Title)
        : new Summary(SharedValue<T>.Title, [new("값", Summary.Text(value.Value))]);

    private static Summary OfDictionary<TKey, TValue>(SharedDictionary<TKey, TValue> dictionary)
        where TKey : notnull => dictionary.IsDisposed
        ? Summary.OfDisposed(SharedDictionary<TKey, TValue>.Title)
        : new Summary(SharedDictionary<TKey, TValue>.Title, [new("항목 수", Summary.Text(dictionary.Count))]);

    private static Summary OfQueue<T>(ProcessQueue<T> queue) => queue.IsDisposed
        ? Summary.OfDisposed(ProcessQueue<T>.Title)
        : new Summary(ProcessQueue<T>.Title,
        [
            new("항목 수", Summary.Text(queue.Count)),
            new("용량", queue.BoundedCapacity is { } capacity ? Summary.Text(capacity) : "제한 없음"),
            Summary.State(queue.IsAddingCompleted ? "추가 완료" : "추가할 수 있음"),
        ]);

    private static Summary OfPipeEnd<TSend, TReceive>(ProcessPipeEnd<TSend, TReceive> end) => end.IsDisposed
        ? Summary.OfDisposed(ProcessPipeEnd<TSend, TReceive>.Title)
        : new Summary(ProcessPipeEnd<TSend, TReceive>.Title,
        [
            new("받을 항목 수", Summary.Text(end.Waiting)),
            Summary.State(end.IsOtherEndClosed ? "반대쪽 끝이 닫힘" : "열림"),
        ]);
}
