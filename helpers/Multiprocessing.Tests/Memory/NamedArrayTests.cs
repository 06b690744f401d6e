using Microsoft.Win32.SafeHandles;
using Multiprocessing.Memory;
using Multiprocessing.Tests.Pools;
using Multiprocessing.Tests.Workers;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Memory;

/// <summary>Arrays that have a name, between programs that did not start each other.</summary>
public sealed class NamedArrayTests : IDisposable
{
    private readonly string _name = $"Test-{Guid.NewGuid():N}";

    private enum Color : byte
    {
        Red = 1,
    }

    public void Dispose() => SharedArray.Delete(_name);

    [Fact]
    public async Task Another_program_finds_what_this_one_has_made_by_its_name_and_has_the_same_lock()
    {
        using SharedArray<long> array = SharedArray.Create<long>(_name, 100);
        Assert.Equal(_name, array.Name);
        array[0] = 5;
        using MisbehavingProgram one = await StartAsync("count", "100 5"), other = await StartAsync("count", "100 5");
        await other.Process.StandardInput.WriteLineAsync();
        await one.Process.StandardInput.WriteLineAsync();
        for (int i = 0; i < 1000; i++)
        {
            using (array.Lock.EnterScope())
            {
                array[0]++;
            }
        }

        Assert.Equal("counted", await other.Process.StandardOutput.ReadLineAsync());
        Assert.Equal("counted", await one.Process.StandardOutput.ReadLineAsync());
        Assert.Equal(5 + 1000 + (2 * 20_000), array[0]);
    }

    [Fact]
    public async Task The_lock_of_a_killed_program_is_given_up_and_its_memory_stays_for_the_others()
    {
        using SharedArray<long> array = SharedArray.Create<long>(_name, 100);
        using MisbehavingProgram program = await StartAsync("open", "100 0");
        await program.Process.StandardInput.WriteLineAsync();
        Assert.Equal("entered", await program.Process.StandardOutput.ReadLineAsync());
        Assert.False(array.Lock.TryEnter());
        program.Process.Kill();
        Assert.Throws<AbandonedMutexException>(() => array.Lock.Enter());
        array.Lock.Exit();
        Assert.Equal(42, array[0]);
        Assert.Contains(_name, SharedArray.GetNames());
    }

    [Theory]
    [InlineData("make", true)]
    [InlineData("make", false)]
    [InlineData("last", true)]
    [InlineData("last", false)]
    public async Task With_its_last_user_it_goes_unless_it_was_to_last(string work, bool kill)
    {
        MisbehavingProgram program = await StartAsync(work, "100 0");
        Assert.Contains(_name, SharedArray.GetNames());
        OwnAccess.AssertOfFolder(Path.GetDirectoryName(PathOf(_name))!);
        if (kill)
        {
            program.Process.Kill();
        }
        else
        {
            program.Process.StandardInput.Close();
        }

        await program.Process.WaitForExitAsync();
        program.Dispose();

        bool lasts = work == "last";
        if (lasts || !kill)
        {
            // What a killed one has left any other program may have swept by now.
            Assert.Equal(lasts, File.Exists(PathOf(_name)));
        }

        Assert.Equal(lasts, SharedArray.TryOpen(_name, out SharedArray<long>? array));
        Assert.Equal(lasts, File.Exists(PathOf(_name)));
        array?.Dispose();
        Assert.Equal(lasts, SharedArray.GetNames().Contains(_name));
        Assert.Equal(lasts, SharedArray.Delete(_name));
        Assert.False(File.Exists(PathOf(_name)));
    }

    [Theory(WineGap = WineGaps.Access)]
    [InlineData(NamedLifetime.UntilDeleted)]
    [InlineData(NamedLifetime.UntilLastUser)]
    public void Its_file_is_this_user_s_alone(NamedLifetime lifetime)
    {
        using SharedArray<long> array = SharedArray.Create<long>(_name, 100, lifetime);
        OwnAccess.AssertOfFile(PathOf(_name));
    }

    [Fact]
    public async Task As_long_as_any_program_has_it_it_stays_and_all_have_the_same()
    {
        MisbehavingProgram maker = await StartAsync("make", "100 0");
        using MisbehavingProgram user = await StartAsync("open", "100 0");
        maker.Process.Kill();
        maker.Dispose();
        using (SharedArray<long> array = SharedArray.Open<long>(_name))
        {
            await user.Process.StandardInput.WriteLineAsync();
            Assert.Equal("entered", await user.Process.StandardOutput.ReadLineAsync());
            Assert.Equal(42, array[0]);
        }

        Assert.True(File.Exists(PathOf(_name)));
        user.Process.StandardInput.Close();
        await user.Process.WaitForExitAsync();
        Assert.False(File.Exists(PathOf(_name)));
    }

    [Fact]
    public async Task Who_is_second_is_told_or_gets_what_the_first_has_made()
    {
        using SharedArray<long> array = SharedArray.Create<long>(_name, 100);
        Assert.Contains(_name, Assert.Throws<IOException>(() => SharedArray.Create<long>(_name, 100)).Message, StringComparison.Ordinal);
        using MisbehavingProgram refused = MisbehavingProgram.Start($"named make {_name}");
        Assert.Equal("IOException", await refused.Process.StandardOutput.ReadLineAsync());
        array[0] = 7;
        using (SharedArray<long> again = SharedArray.CreateOrOpen<long>(_name, 100))
        {
            Assert.Equal(7, again[0]);
            again[0] = 8;
        }

        Assert.Equal(8, array[0]);
        using MisbehavingProgram welcome = await StartAsync("count", "100 8");
    }

    [Fact]
    public async Task Of_many_that_make_it_at_the_same_time_one_does()
    {
        for (int round = 0; round < 50; round++)
        {
            string name = $"{_name}.{round}";
            using Barrier barrier = new(4);
            bool Make()
            {
                barrier.SignalAndWait();
                try
                {
                    SharedArray.Create<int>(name, 10, NamedLifetime.UntilDeleted).Dispose();
                    return true;
                }
                catch (IOException)
                {
                    return false;
                }
            }

            bool[] made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(Make, TaskCreationOptions.LongRunning)));
            Assert.Single(made, static one => one);
            Assert.True(SharedArray.Delete(name));
        }
    }

    [Fact]
    public async Task Of_many_that_come_and_go_all_that_have_it_at_the_same_time_have_the_same()
    {
        using SharedValue<int> failures = new();
        string name = _name;
        void ComeAndGo()
        {
            for (int i = 0; i < 300; i++)
            {
                using SharedArray<long> array = SharedArray.CreateOrOpen<long>(name, 10);
                using SharedArray<long> again = SharedArray.CreateOrOpen<long>(name, 10);
                Interlocked.Increment(ref array.Span[0]);
                if (Volatile.Read(ref again.Span[0]) == 0)
                {
                    failures.Increment();
                }
            }
        }

        await Task.WhenAll(WorkerProcess.RunAsync(ComeAndGo), WorkerProcess.RunAsync(ComeAndGo), Task.Run(ComeAndGo), Task.Run(ComeAndGo));
        Assert.Equal(0, failures.Value);
        Assert.False(File.Exists(PathOf(_name)));
    }

    [Fact]
    public async Task Of_many_that_find_what_a_killed_program_has_left_none_takes_another_for_that_program()
    {
        const int users = 4;
        string path = PathOf(_name), left = Path.Combine(Path.GetDirectoryName(path)!, $"copy-{Guid.NewGuid():N}");
        for (int round = 0; round < 50; round++)
        {
            using (SharedArray<int> before = SharedArray.Create<int>(_name, 10))
            {
                before[0] = 1000;
                File.Copy(path, left);
            }

            File.Move(left, path);
            using Barrier barrier = new(users);
            int[] counts = await Task.WhenAll(Enumerable.Range(0, users).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    barrier.SignalAndWait();
                    using SharedArray<int> array = SharedArray.CreateOrOpen<int>(_name, 10);
                    Interlocked.Increment(ref array.Span[0]);
                    barrier.SignalAndWait();
                    return array[0];
                },
                TaskCreationOptions.LongRunning)));
            Assert.All(counts, static count => Assert.Equal(users, count));
        }
    }

    [Fact]
    public async Task A_worker_gets_it_like_any_other_array_and_may_be_the_last_that_has_it()
    {
        SharedArray<int> array = SharedArray.Create<int>(_name, 3);
        using SharedValue<bool> isThere = new(), go = new();
        Task<string?> worker = WorkerProcess.RunAsync(() =>
        {
            array[1] = 5;
            isThere.Value = true;
            SpinWait.SpinUntil(() => go.Value);
            return array.Name;
        });
        Assert.True(Rendezvous.Await(() => isThere.Value));
        Assert.Equal([0, 5, 0], array);
        array.Dispose();
        Assert.True(File.Exists(PathOf(_name)));
        go.Value = true;
        Assert.Equal(_name, await worker);
        Assert.True(Rendezvous.Await(() => !File.Exists(PathOf(_name))));
    }

    [Fact]
    public async Task What_was_deleted_stays_for_those_that_have_it_and_the_name_is_free()
    {
        using SharedArray<int> before = SharedArray.Create<int>(_name, 3, NamedLifetime.UntilDeleted);
        before[0] = 1;
        Assert.True(SharedArray.Delete(_name));
        Assert.False(SharedArray.Delete(_name));
        Assert.Throws<FileNotFoundException>(() => SharedArray.Open<int>(_name));
        using SharedArray<int> after = SharedArray.Create<int>(_name, 4);
        after[0] = 2;
        using SharedArray<int> again = SharedArray.Open<int>(_name);
        Assert.Equal((1, 2, 2, 4), (before[0], after[0], again[0], again.Length));

        // Nor does a worker get the one for the other.
        Assert.Equal(2, await WorkerProcess.RunAsync(() => after[0]));
        await Assert.ThrowsAsync<WorkerException>(() => WorkerProcess.RunAsync(() => before[0]));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(NamedLifetime.UntilDeleted)]
    [InlineData(NamedLifetime.UntilLastUser)]
    public async Task What_one_was_deleting_that_was_killed_then_is_gone_for_all_and_the_name_is_free(NamedLifetime lifetime)
    {
        // With its claim made, and the file still there.
        string path = PathOf(_name);
        using SharedArray<int> before = SharedArray.Create<int>(_name, 3, lifetime);
        void Claim()
        {
            using MappedFile file = MappedFile.TryOpen(path)!;
            Assert.True(Segment.TryClaim(file));
        }

        await Task.Run(Claim);
        Assert.False(SharedArray.TryOpen<int>(_name, out _));
        Assert.False(File.Exists(path));
        using SharedArray<int> after = SharedArray.CreateOrOpen<int>(_name, 4, lifetime);
        Claim();
        Assert.False(SharedArray.Delete(_name));
        SharedArray.Create<int>(_name, 5, NamedLifetime.UntilDeleted).Dispose();
        Claim();
        Assert.DoesNotContain(_name, SharedArray.GetNames());
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void What_a_worker_is_sent_under_a_name_that_is_another_one_s_by_then_does_not_keep_that()
    {
        using SharedArray<int> before = SharedArray.Create<int>(_name, 3);
        string sent = ((Multiprocessing.Serialization.ISharedObject)before).Segment!.Ship();
        SharedArray.Delete(_name);
        SharedArray<int> after = SharedArray.Create<int>(_name, 4);
        using (Hosting.TestHost other = new())
        {
            Assert.Throws<ObjectDisposedException>(() => other.Host.Memory.Open(sent));
            after.Dispose();
            Assert.False(File.Exists(PathOf(_name)));
        }
    }

    [Fact]
    public void A_file_that_is_no_segment_is_refused_by_name()
    {
        // Whoever makes the first one makes the folder.
        SharedArray.Create<int>($"{_name}-other", 1).Dispose();
        File.WriteAllText(PathOf(_name), "");
        Assert.Throws<InvalidDataException>(() => SharedArray.TryOpen<int>(_name, out _));
        File.WriteAllText(PathOf(_name), new string('x', 500));
        Assert.Throws<InvalidDataException>(() => SharedArray.TryOpen<int>(_name, out _));
        File.Delete(PathOf(_name));
    }

    [Fact]
    public void Elements_must_be_the_same()
    {
        using SharedArray<int> array = SharedArray.Create<int>(_name, 10);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => SharedArray.Open<float>(_name));
        Assert.Contains("Int32", error.Message, StringComparison.Ordinal);
        Assert.Contains("Single", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Throws<InvalidDataException>(() => SharedArray.Open<(byte, byte, byte, byte)>(_name));
        Assert.Throws<InvalidDataException>(() => SharedArray.TryOpen<long>(_name, out _));
        Assert.Contains("10 elements, not 11", Assert.Throws<InvalidDataException>(() => SharedArray.CreateOrOpen<int>(_name, 11)).Message, StringComparison.Ordinal);

        // Who was refused has it no more.
        array.Dispose();
        Assert.False(File.Exists(PathOf(_name)));
    }

    [Fact]
    public void A_struct_is_known_by_what_it_consists_of()
    {
        using SharedArray<(int, double)> array = SharedArray.Create<(int, double)>(_name, 2);
        using SharedArray<Same> same = SharedArray.Open<Same>(_name);
        Assert.Throws<InvalidDataException>(() => SharedArray.Open<Other>(_name));
        Assert.Equal(ElementForm.Of(typeof(byte), 1), ElementForm.Of(typeof(Color), 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a*b")]
    [InlineData("a\0b")]
    [InlineData("이름")]
    [InlineData("con:")]
    [InlineData("a.")]
    [InlineData(".")]
    public void What_is_no_name_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => SharedArray.Create<int>(name, 1));
        Assert.Throws<ArgumentException>(() => SharedArray.Open<int>(name));
        Assert.Throws<ArgumentException>(() => SharedArray.Delete(name));
    }

    [Fact]
    public void Names_are_as_long_as_they_may_be_and_of_any_case()
    {
        string upper = _name.ToUpperInvariant() + ".A-_", lower = _name.ToLowerInvariant() + ".A-_";
        using (SharedArray<int> one = SharedArray.Create<int>(upper, 0), other = SharedArray.Create<int>(lower, 1))
        {
            Assert.Equal((upper, lower), (one.Name, other.Name));
            Assert.Equal([upper, lower], SharedArray.GetNames().Where(name => name.Equals(lower, StringComparison.OrdinalIgnoreCase)));
        }

        foreach (string name in (string[])[new string('A', 100), "..", ".", "con", "1"])
        {
            SharedArray.Create<int>(name + (name.Length == 100 ? "" : _name), 1).Dispose();
        }

        Assert.Throws<ArgumentException>(() => SharedArray.Create<int>(new string('a', 101), 1));
        Assert.Throws<ArgumentNullException>(() => SharedArray.Create<int>(null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SharedArray.Create<int>(_name, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SharedArray.Create<int>(_name, 1, (NamedLifetime)7));
        Assert.Throws<NotSupportedException>(() => SharedArray.Create<nint>(_name, 1));
    }

    [Fact]
    public void After_dispose_a_use_says_so_and_an_array_without_a_name_has_none()
    {
        SharedArray<int> array = SharedArray.Create<int>(_name, 1);
        array.Dispose();
        Assert.Throws<ObjectDisposedException>(() => array.Name);
        Assert.Throws<ObjectDisposedException>(() => array[0]);
        using SharedArray<int> nameless = new(1);
        Assert.Null(nameless.Name);
    }

    [Fact]
    public void What_was_forgotten_goes_with_the_collector()
    {
        Forget();
        Assert.True(Rendezvous.Await(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !File.Exists(PathOf(_name));
        }));

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        void Forget() => SharedArray.Create<int>(_name, 1);
    }

    [LinuxFact("on Windows what is still mapped when it is disposed of can only be deleted then")]
    public async Task What_was_disposed_of_needs_nobody_s_turn_when_it_is_collected()
    {
        const int count = 30;
        using SharedArray<int> array = SharedArray.Create<int>(_name, 1);
        UseAndDispose();
        NamedFolder folder = new(new Lazy<string>(Path.GetDirectoryName(Path.GetDirectoryName(PathOf(_name)))!));
        using SafeFileHandle? turn = folder.TakeTurn();
        Assert.NotNull(turn);

        GC.Collect();

        // Whoever needs the turn waits two seconds for it.
        await Task.Run(GC.WaitForPendingFinalizers).WaitAsync(TimeSpan.FromSeconds(count));

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        void UseAndDispose()
        {
            for (int i = 0; i < count; i++)
            {
                SharedArray.Open<int>(_name).Dispose();
            }
        }
    }

    [WindowsFact]
    public async Task What_a_program_has_still_mapped_when_it_ends_goes_with_it()
    {
        DirectoryInfo place = Directory.CreateTempSubdirectory();
        using MisbehavingProgram program = MisbehavingProgram.Start($"named make {_name}", place.FullName);
        Assert.Equal("100 0", await program.Process.StandardOutput.ReadLineAsync());
        string folder = Assert.Single(Directory.GetDirectories(place.FullName, "multiprocessing-named-*"));
        string[] Names() => [.. Directory.GetFiles(folder).Select(static path => Path.GetFileName(path)!)];
        Assert.Contains(Names(), static name => name.StartsWith("named-", StringComparison.Ordinal));
        program.Process.StandardInput.Close();
        await program.Process.WaitForExitAsync();

        // By which all programs know whose turn it is.
        Rendezvous.Await(() => Names() is ["turn"]);
        Assert.Equal(["turn"], Names());
        place.Delete(recursive: true);
    }

    [Fact]
    public void The_sweep_takes_what_was_being_made_by_one_that_was_killed_and_nothing_that_lasts()
    {
        using SharedArray<int> lasting = SharedArray.Create<int>(_name, 1, NamedLifetime.UntilDeleted);
        string folder = Path.GetDirectoryName(PathOf(_name))!;
        string draft = Path.Combine(folder, $"draft-{Guid.NewGuid():N}"), fresh = Path.Combine(folder, $"draft-{Guid.NewGuid():N}");
        string nameless = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        Array.ForEach([draft, fresh, nameless], static path => File.WriteAllText(path, ""));
        File.SetLastWriteTimeUtc(draft, DateTime.UtcNow - TimeSpan.FromMinutes(2));
        lasting.Dispose();

        SegmentSweep.Run(Path.GetDirectoryName(folder)!);
        WorkerHost.Default.Memory.Named.Sweep();

        Assert.False(File.Exists(draft));
        Assert.False(File.Exists(nameless));
        Assert.True(File.Exists(fresh) && File.Exists(PathOf(_name)));
        File.Delete(fresh);
    }

    [LinuxFact("on other systems the folder lies in the user's own")]
    public void A_folder_that_is_another_user_s_or_lets_others_in_is_refused()
    {
        DirectoryInfo place = Directory.CreateTempSubdirectory();
        NamedFolder folder = new(new Lazy<string>(place.FullName));
        string path = folder.Ensure();
        OwnAccess.AssertOfFolder(path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        }

        Assert.Contains("chmod 700", Assert.Throws<UnauthorizedAccessException>(folder.Ensure).Message, StringComparison.Ordinal);
        Directory.Delete(path);
        Directory.CreateSymbolicLink(path, Directory.CreateDirectory(Path.Combine(place.FullName, "target")).FullName);
        Assert.Throws<UnauthorizedAccessException>(() => folder.TakeTurn());
        place.Delete(recursive: true);
    }

    private static string PathOf(string name) => WorkerHost.Default.Memory.Named.PathOf(name);

    private async Task<MisbehavingProgram> StartAsync(string work, string expected)
    {
        MisbehavingProgram program = MisbehavingProgram.Start($"named {work} {_name}");
        Assert.Equal(expected, await program.Process.StandardOutput.ReadLineAsync());
        return program;
    }

    private readonly record struct Same(int Number, double Value);

    private readonly record struct Other(double Value, int Number);
}
