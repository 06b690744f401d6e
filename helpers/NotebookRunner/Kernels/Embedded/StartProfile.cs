using System.Runtime;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>
/// Lets the runtime note which methods a kernel needs up to the end of its first cell, beside the program: the next kernel has
/// them compiled on another processor. Without it, the first cell takes nearly twice the time, for the compiler has to be compiled.
/// </summary>
internal static class StartProfile
{
    /// <summary>Begins to compile what the profile names, if there is one, and to note what is needed now.</summary>
    public static void Begin()
    {
        // A folder that cannot be written to is no error: then there is no profile.
        ProfileOptimization.SetProfileRoot(AppContext.BaseDirectory);
        ProfileOptimization.StartProfile("kernel-start.profile");
    }

    /// <summary>Saves the profile.</summary>
    public static void End() => ProfileOptimization.StartProfile(null!);
}
