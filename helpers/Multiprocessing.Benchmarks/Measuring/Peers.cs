using Multiprocessing.Benchmarks.Kernels;
using Multiprocessing.Benchmarks.Queues;

namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>Whom we are compared with.</summary>
/// <param name="Python">Null to leave it out.</param>
/// <param name="DotNetInteractive">Left out if it is not installed.</param>
/// <param name="Interprocess">Left out if nobody says where it is.</param>
internal sealed record Peers(PythonPeer? Python, DotNetInteractivePeer DotNetInteractive, InterprocessPeer Interprocess)
{
    /// <summary>Those who are here and have figures among what is measured, with their versions.</summary>
    /// <exception cref="InvalidOperationException">There is no Python, and it is not left out.</exception>
    public async Task<IReadOnlyList<string>> DescribeAsync(IReadOnlyList<Measurement> measurements, CancellationToken cancellationToken)
    {
        List<string> described = [];
        if (Python is not null)
        {
            described.Add($"{PythonPeer.Name} {await Python.FindVersionAsync(cancellationToken)}");
        }

        if (measurements.Any(static measurement => measurement.Theirs is KernelFigure) && DotNetInteractive.Version is { } version)
        {
            described.Add($"{DotNetInteractivePeer.Name} {version}");
        }

        if (measurements.Any(static measurement => measurement.Theirs is InterprocessFigure) && Interprocess.Version is { } interprocess)
        {
            described.Add($"Cloudtoid.{InterprocessPeer.Name} {interprocess}");
        }

        return described;
    }
}
