using System.Collections.Concurrent;

// The name by which the helper assembly finds the kernel that it runs in.
#pragma warning disable IDE0130, CA1812
namespace Microsoft.DotNet.Interactive;
#pragma warning restore IDE0130

/// <summary>A kernel that notes what is shown in it.</summary>
internal sealed class Kernel
{
    /// <summary>For each object that was shown: its text at first, and after each update.</summary>
    public static ConcurrentDictionary<object, Shown> All { get; } = [];

#pragma warning disable IDE1006, IDE0060 // Its name and its parameters are the real one's.
    public static Shown display(object value, params string[] mimeTypes) => All.GetOrAdd(value, static value => new Shown([value.ToString()!]));
#pragma warning restore IDE1006, IDE0060

    /// <summary>What was shown, and can be shown anew.</summary>
    public sealed record Shown(List<string> Texts)
    {
        public void Update(object value) => Texts.Add(value.ToString()!);
    }
}
