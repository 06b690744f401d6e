namespace Multiprocessing.Connections;

/// <summary>Whoever has taken a worker: is told what the worker answers while no call attends to it, and of its end. By one thread at a time; must not throw.</summary>
internal interface IConnectionUser
{
    /// <summary>Whether what the worker has started is to end with it.</summary>
    bool IsAtWork { get; }

    /// <summary>Takes a frame that no call attends to.</summary>
    void Receive(in Frame frame);

    /// <summary>The worker is ready to take calls.</summary>
    void OnReady();

    /// <summary>The process has ended, and everything that it has said has been received, unless a call attends to it, which then receives the rest.</summary>
    void OnClosed();
}
