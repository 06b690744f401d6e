using System.Collections.Concurrent;

// The name by which the helper assembly finds the kernel that it runs in.
#pragma warning disable IDE0130
namespace Microsoft.DotNet.Interactive;
#pragma warning restore IDE0130

/// <summary>The run of a cell, which notes what is shown in it.</summary>
internal sealed class KernelInvocationContext
{
    public static KernelInvocationContext Current { get; } = new();

    /// <summary>For each object that was shown: its text at first, and after each update.</summary>
    public ConcurrentDictionary<object, ShownValue> Shown { get; } = [];
}
