namespace Multiprocessing.Workers.Serving;

/// <summary>Inputs of a call that follow each other.</summary>
/// <param name="Call">The number of the call.</param>
/// <param name="First">The index of the first input.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Place">How many inputs the worker was given before.</param>
internal readonly record struct TaskRange(int Call, long First, int Count, long Place)
{
    /// <summary>A part of it.</summary>
    public TaskRange Part(int start, int end) => new(Call, First + start, end - start, Place + start);
}
