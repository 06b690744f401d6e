using Multiprocessing.Serialization;
using Multiprocessing.Notebooks.Display;
using Multiprocessing.Workers;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing;

/// <content>What a notebook shows of it.</content>
public sealed partial class WorkerProcess
{
    // The session, not the properties: those take the output, or throw.
    string IUnsendable.Advice => "it is a handle of the process that started it. Start it here, or send what the function needs of it.";

    Summary ISummarized.Summarize() => new(nameof(WorkerProcess), _session is { } session
        ? [new("이름", Name), StateOf(session), new("프로세스 번호", SummaryText.Of(session.Worker.ProcessId)), .. HowItEnded(session)]
        : [new("이름", Name), Summary.State("시작하지 않음", _disposed)]);

    private SummaryRow StateOf(WorkerSession session)
    {
        string state = session switch
        {
            { Completion.IsCompleted: false } => "실행 중",
            { Killed: true } => "강제로 끝남",
            { Completion.IsFaulted: true } => "예외로 끝남",
            _ => "끝남",
        };
        return Summary.State(state, _disposed);
    }

    private static IEnumerable<SummaryRow> HowItEnded(WorkerSession session)
    {
        if (!session.Completion.IsCompleted)
        {
            yield break;
        }

        if (session.Exit is { } exit)
        {
            yield return ExceptionRows.OfExit(exit.Code, exit.Signal == 0 ? null : SignalNames.Of(exit.Signal));
        }

        if (!session.Killed && session.Completion.Exception?.InnerException is { } error)
        {
            yield return new("예외", error.Message);
        }
    }
}
