using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multiprocessing.Serialization.Code;

/// <summary>
/// Finds the symbols that an assembly was loaded from memory with, so that stack traces in a worker have the cells' line numbers. Thread-safe.
/// </summary>
/// <remarks>
/// .NET has no public way to them. Its own stack traces find them through <c>System.Diagnostics.StackFrameHelper</c>, so a trace with a frame of the
/// assembly leads there: a cell's static factory throws at once when it is given no array, before any of the cell's own code runs. Where any
/// of this is not as expected, there are no symbols, and nothing else changes.
/// </remarks>
internal static unsafe class AssemblySymbols
{
    private const BindingFlags Anything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly ConditionalWeakTable<Assembly, byte[]> Found = [];

    /// <summary>The portable PDB, or an empty array.</summary>
    public static byte[] Of(Assembly assembly) => Found.GetValue(assembly, static a => TryFind(a) ?? []);

    private static byte[]? TryFind(Assembly assembly)
    {
        try
        {
            return AssemblyImage.HasSymbols(AssemblyImage.Of(assembly)) && ExceptionFrom(assembly) is { } exception ? Read(exception) : null;
        }
#pragma warning disable CA1031 // All of this is the runtime's own affair and may change in any way. Without symbols, traces have no line numbers; that is all.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    /// <summary>An exception that was thrown in the assembly's code.</summary>
    private static NullReferenceException? ExceptionFrom(Assembly assembly)
    {
        MethodInfo? factory = assembly.GetTypes().FirstOrDefault(GeneratedNames.IsSubmission)?.GetMethod("<Factory>", Anything);
        try
        {
            // By a delegate: an invocation by reflection is interpreted, and takes the exception through frames of the runtime's own.
            factory?.CreateDelegate<Func<object?[]?, object>>()(null);
            return null;
        }
        catch (NullReferenceException expected)
        {
            return expected;
        }
    }

    private static byte[]? Read(Exception exception)
    {
        Type helperType = typeof(object).Assembly.GetType("System.Diagnostics.StackFrameHelper", throwOnError: true)!;
        object helper = Activator.CreateInstance(helperType, nonPublic: true)!;

        // Not the helper's own InitializeSourceInfo: it goes on to read the symbols of every frame, which takes ten times as long.
        typeof(StackTrace).GetMethod("GetStackFramesInternal", Anything, [helperType, typeof(bool), typeof(Exception)])!.Invoke(null, [helper, true, exception]);
        nint[]? addresses = (nint[]?)helperType.GetField("rgInMemoryPdbAddress", Anything)!.GetValue(helper);
        int[]? sizes = (int[]?)helperType.GetField("rgiInMemoryPdbSize", Anything)!.GetValue(helper);
        int frame = sizes is null ? -1 : Array.FindIndex(sizes, static size => size > 0);
        return frame >= 0 && addresses![frame] != 0 ? new ReadOnlySpan<byte>((void*)addresses[frame], sizes![frame]).ToArray() : null;
    }
}
