using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Workers.Launching;

/// <summary>Tells Linux when and where a process runs: thread by thread, since it knows of nothing else. A thread that is made later has it from the one that makes it.</summary>
internal static unsafe class ThreadScheduling
{
    /// <summary>What has been said to all threads of one list holds for those of the next that were made after it; with a list that has nobody new it holds for all.</summary>
    /// <exception cref="Win32Exception">The system does not allow it.</exception>
    public static void Apply(int process, ProcessPriorityClass? priority, int[]? processors)
    {
        ulong[]? words = processors is null ? null : ProcessorSet.WordsOf(processors);
        HashSet<string> done = [];
        bool isNew = true;
        while (isNew)
        {
            isNew = false;
            foreach (string thread in Threads(process))
            {
                if (done.Add(thread))
                {
                    isNew = true;
                    Apply(int.Parse(Path.GetFileName(thread.AsSpan()), CultureInfo.InvariantCulture), priority, words);
                }
            }
        }
    }

    private static void Apply(int thread, ProcessPriorityClass? priority, ulong[]? processors)
    {
        if (priority is { } wanted)
        {
            Check(Libc.SetPriority(Libc.PriorityOfProcess, (uint)thread, NicenessOf(wanted)));
        }

        if (processors is not null)
        {
            fixed (ulong* words = processors)
            {
                Check(Libc.SetAffinity(thread, (nuint)processors.Length * sizeof(ulong), words));
            }
        }
    }

    private static string[] Threads(int process)
    {
        try
        {
            return Directory.GetDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task"));
        }
        catch (DirectoryNotFoundException)
        {
            // It has ended.
            return [];
        }
    }

    /// <summary>As <see cref="Process.PriorityClass"/> has it.</summary>
    private static int NicenessOf(ProcessPriorityClass priority) => priority switch
    {
        ProcessPriorityClass.Idle => 19,
        ProcessPriorityClass.BelowNormal => 10,
        ProcessPriorityClass.AboveNormal => -6,
        ProcessPriorityClass.High => -11,
        ProcessPriorityClass.RealTime => -19,
        _ => 0,
    };

    private static void Check(int result)
    {
        if (result != 0 && Marshal.GetLastSystemError() is var error && error != Libc.NoSuchProcess)
        {
            throw new Win32Exception(error);
        }
    }
}
