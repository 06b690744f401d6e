using System.Runtime.ExceptionServices;

namespace Multiprocessing.Pools;

/// <summary>
/// Reports progress in an item of the thread pool, and not on the call's thread, so that what the user does with it holds up no worker, and may use the pool itself. If it falls behind, steps are left out.
/// </summary>
internal sealed class ProgressReporter(IProgress<int> progress)
{
    private const int MostBehind = 64;

    private readonly object _gate = new();
    private Exception? _error;
    private int _done;
    private int _reported;
    private bool _isRunning;

    /// <summary>Notes how many inputs are done, and has it reported soon.</summary>
    public void Report(int done)
    {
        lock (_gate)
        {
            _done = done;
            if (!_isRunning && _error is null)
            {
                _isRunning = true;
                ThreadPool.QueueUserWorkItem(static reporter => reporter.Run(), this, preferLocal: false);
            }
        }
    }

    /// <summary>Waits until the last step has been reported.</summary>
    public void Wait()
    {
        lock (_gate)
        {
            while (_isRunning)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Tells, after <see cref="Wait"/>, what a report threw.</summary>
    /// <exception cref="Exception">It threw this.</exception>
    public void ThrowIfFailed()
    {
        if (_error is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    private void Run()
    {
        while (true)
        {
            int done;
            lock (_gate)
            {
                if (_done == _reported || _error is not null)
                {
                    _isRunning = false;
                    Monitor.PulseAll(_gate);
                    return;
                }

                done = _reported = _done - _reported > MostBehind ? _done : _reported + 1;
            }

            try
            {
                progress.Report(done);
            }
#pragma warning disable CA1031 // The user's own code: what it throws reaches the user by ThrowIfFailed.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _error = e;
            }
        }
    }
}
