using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Multiprocessing.Connections;
using Multiprocessing.Memory;
using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Memory;
using Multiprocessing.Workers.Launching;
using Multiprocessing.Workers.Launching.Windows;

namespace Multiprocessing.Tests.Workers;

/// <summary>A worker that writes where it has no business to: its parent lives on.</summary>
public class TrespassTests(TestHost test) : IClassFixture<TestHost>
{
    [InspectedFact]
    public async Task A_worker_that_writes_into_the_line_to_its_parent_harms_nobody() => Assert.Equal(3, await test.RunAsync(static () =>
    {
        WriteIntoLine();
        return 3;
    }));

    [InspectedTheory]
    [InlineData(16, 255)]
    [InlineData(5_000, 0)]
    [InlineData(-1, 0)]
    [InlineData(int.MaxValue, 0)]
    public async Task A_worker_that_writes_into_the_memory_of_its_connection_is_given_up_and_its_parent_lives_on(int ahead, byte value)
    {
        await Assert.ThrowsAsync<WorkerDiedException>(() => test.RunAsync(() =>
        {
            Overwrite(ahead, value);
            WriteIntoLine();
            Thread.Sleep(Timeout.Infinite);
        }));

        Assert.Equal(4, await test.RunAsync(static () => 4));
    }

    private static void WriteIntoLine()
    {
        using Stream line = OpenLine();
        line.Write([64, 0, 0, 0, 255, 255, 255, 255]);
    }

    /// <summary>The line of this worker, once more.</summary>
    private static Stream OpenLine()
    {
        if (OperatingSystem.IsWindows())
        {
            string[] arguments = Environment.GetCommandLineArgs();
            string handle = arguments[Array.IndexOf(arguments, SpawnLauncher.LineArgument) + 1];
            return new OverlappedPipe(new SafeFileHandle(nint.Parse(handle, CultureInfo.InvariantCulture), ownsHandle: false));
        }

        return new FileStream(new SafeFileHandle(SpawnLauncher.LineDescriptor, ownsHandle: false), FileAccess.Write, 0);
    }

    /// <summary>Fills the rings of this worker, and says that the one to the parent holds so many bytes more.</summary>
    private static unsafe void Overwrite(int ahead, byte value)
    {
        MappedRange memory = MappedFiles.OfThisProcess().First(static file =>
            file.Path.Contains(SegmentFolder.Prefix, StringComparison.Ordinal) && file.Length >= ConnectionMemory.Size && file.Length < ConnectionMemory.Size + 8192);
        byte* start = (byte*)memory.Start + Segment.DataAt;
        const int repliesAt = 256;
        SharedRingState* replies = (SharedRingState*)(start + repliesAt);
        new Span<byte>(start + ConnectionMemory.Size - (256 * 1024), 256 * 1024).Fill(value);
        replies->Written += ahead;
    }
}
