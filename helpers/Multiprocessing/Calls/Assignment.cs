namespace Multiprocessing.Calls;

/// <summary>A call and the cultures to run it under.</summary>
/// <param name="call">The call.</param>
/// <param name="workerName">The name that somebody gave to the worker process; null for none.</param>
/// <param name="isLast">Whether the worker gets nothing more to do.</param>
internal sealed class Assignment(Call call, string? workerName = null, bool isLast = false)
{
    private readonly Cultures _cultures = new();

    public Call Call => call;

    public bool IsLast => isLast;

    /// <summary>Makes the name and the cultures those of this process and thread.</summary>
    public void Apply()
    {
        WorkerName.OfThisProcess = workerName;
        _cultures.Apply();
    }
}
