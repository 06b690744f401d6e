namespace Multiprocessing.Notebooks.Display;

/// <summary>What can say at a glance what it is and how it is doing. Its <c>ToString</c> says the same on one line, unless it is an exception.</summary>
internal interface ISummarized
{
    /// <summary>Changes nothing, and waits for nothing.</summary>
    Summary Summarize();
}
