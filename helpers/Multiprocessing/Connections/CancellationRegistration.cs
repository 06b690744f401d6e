namespace Multiprocessing.Connections;

/// <summary>What has been registered with a <see cref="Cancellation"/>.</summary>
internal readonly struct CancellationRegistration(CancellationTokenRegistration given, CancellationTokenRegistration stop) : IDisposable
{
    /// <summary>Takes it back; one that runs just now is waited for.</summary>
    public void Dispose()
    {
        given.Dispose();
        stop.Dispose();
    }

    /// <summary>Takes it back without waiting.</summary>
    public void Unregister()
    {
        given.Unregister();
        stop.Unregister();
    }
}
