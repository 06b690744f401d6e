namespace Multiprocessing.Timings.Progress;

/// <summary>Where a <see cref="ProgressBar"/> is seen.</summary>
internal interface IProgressDisplay
{
    /// <summary>Shows the bar as it is now, in the place where it was shown before.</summary>
    void Show(ProgressBar bar);
}
