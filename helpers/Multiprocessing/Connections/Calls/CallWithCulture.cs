namespace Multiprocessing.Connections.Calls;

/// <summary>A call and the cultures to run it under.</summary>
/// <param name="call">The call.</param>
/// <param name="workerName">The name that somebody gave to the worker process; null for none.</param>
internal sealed class CallWithCulture(Call call, string? workerName = null)
{
    private readonly Cultures _cultures = new();

    public Call Call => call;

    /// <summary>The name that somebody gave to the worker process; null for none.</summary>
    public string? WorkerName => workerName;

    /// <summary>Makes the cultures those of this process and thread.</summary>
    public void ApplyCultures() => _cultures.Apply();
}
