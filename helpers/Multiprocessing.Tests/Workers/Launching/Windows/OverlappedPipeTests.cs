using System.IO.Pipes;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using Microsoft.Win32.SafeHandles;
using Multiprocessing.Workers.Launching.Windows;

namespace Multiprocessing.Tests.Workers.Launching.Windows;

[SupportedOSPlatform("windows")]
public sealed class OverlappedPipeTests : IDisposable
{
    private readonly WorkerPipe _pipe = WorkerPipe.CreateLine(WorkerPipe.OnlyThisUser());
    private readonly OverlappedPipe _parent;
    private readonly OverlappedPipe _worker;

    public OverlappedPipeTests()
    {
        _parent = new OverlappedPipe(_pipe.Own);
        _worker = new OverlappedPipe(_pipe.Workers);
    }

    public void Dispose()
    {
        _parent.Dispose();
        _worker.Dispose();
    }

    [WindowsFact]
    public async Task An_end_is_read_and_written_at_the_same_time()
    {
        Task<int> reading = Task.Run(() => _worker.ReadByte());
        await Task.Delay(50);
        _worker.WriteByte(7);
        Assert.Equal(7, _parent.ReadByte());
        Assert.False(reading.IsCompleted);

        _parent.WriteByte(8);
        Assert.Equal(8, await reading);
    }

    [WindowsFact]
    public void Who_waits_is_told_of_what_arrives_and_any_thread_can_take_it()
    {
        Assert.False(HasArrived(50));
        _worker.Write("hello"u8);
        Assert.True(HasArrived(10_000));
        Assert.True(_parent.TryPeek(out int count));
        Assert.Equal(5, count);

        // Still there, and told of again.
        Assert.True(HasArrived(10_000));
        Assert.Equal(5, _parent.Read(new byte[10]));
        Assert.True(_parent.TryPeek(out count));
        Assert.Equal(0, count);
        Assert.False(HasArrived(50));
        _worker.WriteByte(1);
        Assert.True(HasArrived(10_000));
    }

    [WindowsFact]
    public void Who_waits_is_told_of_the_end_after_all_that_was_written()
    {
        Assert.False(HasArrived(50));
        _worker.Write("last"u8);
        _worker.Dispose();

        Assert.True(HasArrived(10_000));
        Assert.True(_parent.TryPeek(out int count));
        Assert.Equal(4, count);
        Assert.Equal(4, _parent.Read(new byte[10]));
        Assert.True(HasArrived(10_000));
        Assert.False(_parent.TryPeek(out _));
        Assert.Equal(0, _parent.Read(new byte[10]));
        Assert.True(HasArrived(10_000));
        Assert.Throws<IOException>(() => _parent.WriteByte(1));
    }

    [WindowsFact]
    public void It_can_be_closed_while_a_wait_is_under_way_and_asked_afterwards()
    {
        Assert.False(HasArrived(1));
        _parent.Dispose();

        Assert.False(_parent.TryPeek(out int count));
        Assert.Equal(0, count);
        _parent.BeginWait();
    }

    [WindowsFact]
    public async Task A_write_that_nobody_reads_ends_with_the_process_that_was_to_read_it()
    {
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("cmd.exe", "/c pause") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        WorkerPipe pipe = WorkerPipe.CreateLine(WorkerPipe.OnlyThisUser());
        using SafeFileHandle inheritedBySomebody = pipe.Workers;
        using OverlappedPipe parent = new(pipe.Own, process.SafeHandle);
        Task writing = Task.Run(() => parent.Write(new byte[10_000_000]));
        await Task.Delay(100);
        Assert.False(writing.IsCompleted);

        process.Kill();
        await Assert.ThrowsAsync<IOException>(() => writing);
    }

    [WindowsFact]
    public void It_is_this_user_s_alone()
    {
        using WindowsIdentity user = WindowsIdentity.GetCurrent();
        WorkerPipe pipe = WorkerPipe.CreateLine(WorkerPipe.OnlyThisUser());
        using SafeFileHandle own = pipe.Own, workers = pipe.Workers;
        using NamedPipeServerStream stream = new(PipeDirection.InOut, isAsync: true, isConnected: true, new SafePipeHandle(own.DangerousGetHandle(), ownsHandle: false));
        PipeSecurity security = stream.GetAccessControl();

        Assert.True(security.AreAccessRulesProtected);
        PipeAccessRule rule = Assert.Single(security.GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier)).Cast<PipeAccessRule>());
        Assert.Equal((AccessControlType.Allow, user.User), (rule.AccessControlType, rule.IdentityReference));
    }

    /// <summary>As a worker's thread waits.</summary>
    private bool HasArrived(int milliseconds)
    {
        _parent.BeginWait();
        using EventWaitHandle arrival = new(false, EventResetMode.ManualReset) { SafeWaitHandle = new SafeWaitHandle(_parent.Arrival, ownsHandle: false) };
        return arrival.WaitOne(milliseconds);
    }
}
