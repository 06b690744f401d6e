using NotebookRunner.Kernels.Embedded.Input;
using NotebookRunner.Kernels.Embedded.Language;
using NotebookRunner.Kernels.Embedded.Values;
using NotebookRunner.Kernels.Embedded.Workers;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>Gives each command to whom it concerns. Each is answered in the end, if only by its failure: a client that waits for ever is an editor that hangs.</summary>
internal sealed class CommandDispatcher(CellRunner cells, CSharpSession session, InputRequests inputs, EventWriter events)
{
    private readonly RequestQueue _language = new(
        "language requests",
        events,
        new LanguageRequests(session).Answer,
        CommandTypes.RequestCompletions,
        CommandTypes.RequestHoverText,
        CommandTypes.RequestSignatureHelp);
    private readonly RequestQueue _workers = new("workers", events, WorkerRequests.Answer);
    private readonly RequestQueue _values = new("values", events, new ValueRequests(session).Answer);

    /// <summary>Deals with a command.</summary>
    /// <returns>False if there is to be no other command.</returns>
    public bool Dispatch(CommandEnvelope envelope)
    {
        switch (envelope.CommandType)
        {
            case CommandTypes.Quit:
                return false;
            case CommandTypes.Cancel:
                cells.Cancel();
                new ReceivedCommand(envelope, events, isForWhole: true).Succeed();
                break;
            case var _ when !KernelInfos.IsForUs(envelope.Command):
                string name = envelope.Command!.TargetKernelName!;
                new ReceivedCommand(envelope, events, isForWhole: true).Fail($"This kernel runs C# only: it has no '{name}'.");
                break;
            case CommandTypes.RequestKernelInfo:
                TellKernelInfo(envelope);
                break;
            case CommandTypes.SubmitCode:
                cells.Enqueue(new RunningCell(envelope, events, inputs));
                break;
            case CommandTypes.RequestDiagnostics or CommandTypes.RequestCompletions or CommandTypes.RequestHoverText or CommandTypes.RequestSignatureHelp:
                _language.Enqueue(envelope);
                break;
            case CommandTypes.RequestWorkers or CommandTypes.KillWorker:
                _workers.Enqueue(envelope);
                break;
            case CommandTypes.RequestValueInfos or CommandTypes.RequestValue:
                _values.Enqueue(envelope);
                break;
            default:
                new ReceivedCommand(envelope, events).Fail($"This kernel does not know the command '{envelope.CommandType}'.");
                break;
        }

        return true;
    }

    /// <summary>Takes note of an event: an editor tells us of its own kernels, and what its reader has written.</summary>
    public void Receive(EventEnvelope envelope) => inputs.Receive(envelope);

    private void TellKernelInfo(CommandEnvelope envelope)
    {
        bool isForWhole = KernelInfos.IsForWhole(envelope.Command);
        var command = new ReceivedCommand(envelope, events, isForWhole);
        if (isForWhole)
        {
            command.Post(EventTypes.KernelInfoProduced, new(KernelInfo: KernelInfos.Whole));
            // Asked of the whole, it is also asked of each of its languages.
            new ReceivedCommand(envelope with { Token = envelope.Token + ".1" }, events)
                .Post(EventTypes.KernelInfoProduced, new(KernelInfo: KernelInfos.CSharp));
        }
        else
        {
            command.Post(EventTypes.KernelInfoProduced, new(KernelInfo: KernelInfos.CSharp));
        }

        command.Succeed();
    }
}
