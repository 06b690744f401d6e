namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>Which of two figures is the better one.</summary>
internal enum Better
{
    Lower,
    Higher,
}
