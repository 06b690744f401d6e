using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded.Workers;

/// <summary>Answers what an editor asks about the notebook's worker processes, and ends those that it wants ended.</summary>
internal static class WorkerRequests
{
    /// <summary>Answers a request.</summary>
    public static void Answer(CommandEnvelope request, ReceivedCommand command)
    {
        var listings = WorkerListing.FindAll();
        if (request.CommandType == CommandTypes.RequestWorkers)
        {
            command.Post(EventTypes.WorkersProduced, new(Workers: [.. listings.SelectMany(listing => listing.List())]));
            return;
        }

        if (request.Command?.ProcessId is not { } processId)
            throw new RequestFailedException("KillWorker needs a processId.");
        if (!listings.Any(listing => listing.TryKill(processId)))
            throw new RequestFailedException($"There is no worker with the process number {processId}.");
    }
}
