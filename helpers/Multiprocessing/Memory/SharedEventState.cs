using System.Runtime.InteropServices;

namespace Multiprocessing.Memory;

/// <summary>A <see cref="SharedEvent"/> in shared memory. All zero: nobody waits. Two cache lines, since processors fetch them in pairs.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal unsafe struct SharedEventState
{
    /// <summary>How many can sleep on it and be woken at once, where the kernel keeps no list: what there is room for. More look again and again.</summary>
    private const int Places = 28;

    /// <summary>Changes with every set that somebody waits for; the kernel's word to wait for.</summary>
    public int Sets;

    /// <summary>How many waits have been announced. Written by those who wait.</summary>
    public int Announced;

    /// <summary>How many of the announced waits have been woken. Written by those who set.</summary>
    public int Answered;

    private fixed int _sleepers[Places];

    /// <summary>The list of those that sleep on an event.</summary>
    public static SleeperList SleepersOf(SharedEventState* state) => new(state->_sleepers, Places);
}
