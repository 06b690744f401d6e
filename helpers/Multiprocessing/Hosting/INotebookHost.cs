namespace Multiprocessing.Hosting;

/// <summary>All that the rest of the library asks of the notebook in which this process runs cells, if it does. Thread-safe.</summary>
internal interface INotebookHost
{
    /// <summary>Cancelled when the cell whose code is calling is stopped: at once, if it has been. Never cancelled in no cell.</summary>
    CancellationToken Stop { get; }

    /// <summary>Where what workers print goes: the console, unless the host has a place of its own. Asked for at each piece, in the context of a call that waits for the worker.</summary>
    TextWriter Out => Console.Out;

    /// <summary>Where their error output goes.</summary>
    TextWriter Error => Console.Error;

    /// <summary>Whether this process runs cells. Text has to wait then for a call to whose cell it belongs; else the console is there all the time.</summary>
    bool RunsCells { get; }

    /// <summary>What a kernel is told to ask how an object of a public type is shown: it has a method <c>CreateTypeFormatters</c>. Null if no kernel is to ask.</summary>
    Type? FormatterSource { get; }

    /// <summary>Notes that the calling code is about to use a worker that it has not used before, for a call of its own or for a pool.</summary>
    void OnWorkerStarting();

    /// <summary>Tells the reader that a library was rebuilt, while workers go on with what this process has loaded.</summary>
    /// <param name="fileName">The name of its file.</param>
    void TellOfRebuilt(string fileName);
}
