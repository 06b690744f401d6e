using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Multiprocessing.Memory;

namespace Multiprocessing.Tests.Memory;

/// <summary>The logic of the list, on signals that stay in this process. What Windows makes of it the tests of events and locks show there.</summary>
public sealed unsafe class ListedSleepTests : IDisposable
{
    private const int Places = 4;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    private readonly int* _word = (int*)NativeMemory.AllocZeroed(1 + Places, sizeof(int));
    private readonly LocalSignals _signals = new();

    private ListedSleep Sleeping => new(_signals);

    private SleeperList Sleepers => new(_word + 1, Places);

    private ReadOnlySpan<int> Listed => new(_word + 1, Places);

    public void Dispose()
    {
        NativeMemory.Free(_word);
        _signals.Dispose();
    }

    [Fact]
    public void Whoever_sleeps_is_listed_until_it_is_woken()
    {
        using Sleeper sleeper = new(this, Long);
        Change();
        Sleeping.Wake(Sleepers, int.MaxValue);
        sleeper.AssertWoken();
        AssertNobodyIsListed();
    }

    [Fact]
    public void One_wake_wakes_one_and_the_next_wakes_another()
    {
        using Sleeper first = new(this, Long), second = new(this, Long);
        Change();
        Sleeping.Wake(Sleepers, 1);
        Assert.True(SpinWait.SpinUntil(() => first.HasWoken || second.HasWoken, Long));
        Assert.NotEqual(first.HasWoken, second.HasWoken);
        Sleeping.Wake(Sleepers, 1);
        first.AssertWoken();
        second.AssertWoken();
        AssertNobodyIsListed();
    }

    [Fact]
    public void A_wake_of_all_wakes_all()
    {
        Sleeper[] sleepers = [.. Enumerable.Range(0, Places).Select(_ => new Sleeper(this, Long))];
        Change();
        Sleeping.Wake(Sleepers, int.MaxValue);
        Array.ForEach(sleepers, static sleeper => sleeper.AssertWoken());
        AssertNobodyIsListed();
    }

    [Fact]
    public void A_word_that_has_changed_is_not_slept_on()
    {
        Change();
        Stopwatch watch = Stopwatch.StartNew();
        Assert.True(Sleeping.TryWait(_word, 0, Long, Sleepers));
        Assert.True(watch.Elapsed < Long);
        AssertNobodyIsListed();
    }

    [Fact]
    public void A_wake_between_the_look_at_the_word_and_the_sleep_is_not_missed()
    {
        _signals.BeforeWait = () =>
        {
            Change();
            Sleeping.Wake(Sleepers, int.MaxValue);
        };
        Stopwatch watch = Stopwatch.StartNew();
        Assert.True(Sleeping.TryWait(_word, 0, Long, Sleepers));
        Assert.True(watch.Elapsed < Long);
        AssertNobodyIsListed();
    }

    /// <summary>One has looked and not yet fallen asleep, is woken, and another falls asleep before it.</summary>
    [Fact]
    public void Whoever_comes_later_takes_no_wake_from_whoever_came_before()
    {
        using SemaphoreSlim mayFallAsleep = new(0);
        _signals.BeforeWait = () => mayFallAsleep.Wait();
        using Sleeper slow = new(this, Long);
        Change();
        Sleeping.Wake(Sleepers, int.MaxValue);
        _signals.BeforeWait = null;
        using Sleeper later = new(this, Long);
        mayFallAsleep.Release();
        slow.AssertWoken();
        Assert.False(later.HasWoken);
        Change();
        Sleeping.Wake(Sleepers, int.MaxValue);
        later.AssertWoken();
    }

    [Fact]
    public void Whoever_s_time_is_up_leaves_no_trace()
    {
        Assert.True(Sleeping.TryWait(_word, 0, Short, Sleepers));
        AssertNobodyIsListed();
        Sleeping.Wake(Sleepers, int.MaxValue);
        Assert.Equal(0, _signals.Sets);
    }

    [Fact]
    public void A_wake_that_comes_too_late_ends_one_later_sleep_at_once_and_no_more()
    {
        _signals.AfterWait = () => Sleeping.Wake(Sleepers, int.MaxValue);
        Assert.True(Sleeping.TryWait(_word, 0, Short, Sleepers));
        _signals.AfterWait = null;
        AssertNobodyIsListed();

        Stopwatch watch = Stopwatch.StartNew();
        Assert.True(Sleeping.TryWait(_word, 0, Long, Sleepers));
        Assert.True(watch.Elapsed < Long);

        watch.Restart();
        Assert.True(Sleeping.TryWait(_word, 0, Short, Sleepers));
        Assert.True(watch.Elapsed > Short / 2);
    }

    [Fact]
    public void One_that_died_asleep_is_taken_out_by_the_next_wake_and_keeps_none_from_the_living()
    {
        // Nobody has such a number.
        _word[1] = int.MaxValue;
        using Sleeper living = new(this, Long);
        Change();
        Sleeping.Wake(Sleepers, 1);
        living.AssertWoken();
        AssertNobodyIsListed();
    }

    [Fact]
    public void Whoever_finds_no_place_is_told()
    {
        new Span<int>(_word + 1, Places).Fill(int.MaxValue);
        Assert.False(Sleeping.TryWait(_word, 0, Long, Sleepers));
    }

    [Fact]
    public void No_wake_is_lost_between_two_that_wait_for_each_other()
    {
        const int rounds = 20_000;
        int slept = 0;
        void Play(int me)
        {
            for (int round = me; round < 2 * rounds; round += 2)
            {
                while (Volatile.Read(ref *_word) is var seen && seen != round)
                {
                    long begin = Stopwatch.GetTimestamp();
                    Assert.True(Sleeping.TryWait(_word, seen, Long, Sleepers));
                    Interlocked.Add(ref slept, Stopwatch.GetElapsedTime(begin) >= Long ? 1 : 0);
                }

                Change();
                Sleeping.Wake(Sleepers, int.MaxValue);
            }
        }

        Thread other = new(() => Play(1));
        other.Start();
        Play(0);
        other.Join();
        Assert.Equal(0, slept);
        AssertNobodyIsListed();
    }

    [Fact]
    public void One_that_sleeps_on_several_words_is_woken_by_any_of_them_and_listed_by_none_after_it()
    {
        int* other = (int*)NativeMemory.AllocZeroed(1 + Places, sizeof(int));
        SleeperList others = new(other + 1, Places);
        try
        {
            foreach (bool isOther in (bool[])[true, false])
            {
                int before = _signals.Waits;
                WatchedWord first = new(_word, *_word, Sleepers), second = new(other, *other, others);
                Thread sleeper = new(() => Sleeping.TryWaitAny([first, second], Long));
                sleeper.Start();
                Assert.True(SpinWait.SpinUntil(() => _signals.Waits > before, Long));
                Interlocked.Increment(ref *(isOther ? other : _word));
                Sleeping.Wake(isOther ? others : Sleepers, int.MaxValue);
                Assert.True(sleeper.Join(Long / 2));
                AssertNobodyIsListed();
                Assert.Equal(new int[Places], new Span<int>(other + 1, Places).ToArray());
            }

            // One has changed before.
            Change();
            Assert.True(Sleeping.TryWaitAny([new WatchedWord(other, *other, others), new WatchedWord(_word, 0, Sleepers)], Long));

            // There is no place beside one.
            new Span<int>(other + 1, Places).Fill(int.MaxValue);
            Assert.False(Sleeping.TryWaitAny([new WatchedWord(_word, *_word, Sleepers), new WatchedWord(other, *other, others)], Long));
            AssertNobodyIsListed();
        }
        finally
        {
            NativeMemory.Free(other);
        }
    }

    private void Change() => Interlocked.Increment(ref *_word);

    private void AssertNobodyIsListed() => Assert.Equal(new int[Places], Listed.ToArray());

    /// <summary>A thread that sleeps, and is listed when this is made.</summary>
    private sealed class Sleeper : IDisposable
    {
        private readonly Thread _thread;

        public Sleeper(ListedSleepTests test, TimeSpan limit)
        {
            int value = *test._word;
            int before = test._signals.Waits;
            _thread = new Thread(() =>
            {
                test.Sleeping.TryWait(test._word, value, limit, test.Sleepers);
                HasWoken = true;
            });
            _thread.Start();
            Assert.True(SpinWait.SpinUntil(() => test._signals.Waits > before, Long));
        }

        public bool HasWoken { get; private set; }

        public void AssertWoken() => Assert.True(_thread.Join(Long / 2));

        public void Dispose() => _thread.Join();
    }

    /// <summary>Signals of threads of this process alone.</summary>
    private sealed class LocalSignals : IThreadSignals, IDisposable
    {
        private readonly ConcurrentDictionary<int, AutoResetEvent> _signals = new();
        private volatile Action? _beforeWait;
        private volatile Action? _afterWait;
        private int _waits;
        private int _sets;

        /// <summary>Runs when a thread has looked at the word and is about to fall asleep.</summary>
        public Action? BeforeWait
        {
            get => _beforeWait;
            set => _beforeWait = value;
        }

        /// <summary>Runs when a thread has slept and is still listed, unless it was woken.</summary>
        public Action? AfterWait
        {
            get => _afterWait;
            set => _afterWait = value;
        }

        public int Waits => Volatile.Read(ref _waits);

        public int Sets => Volatile.Read(ref _sets);

        public int Own
        {
            get
            {
                _signals.GetOrAdd(Environment.CurrentManagedThreadId, static _ => new AutoResetEvent(false));
                return Environment.CurrentManagedThreadId;
            }
        }

        public void Wait(TimeSpan limit)
        {
            Interlocked.Increment(ref _waits);
            BeforeWait?.Invoke();
            _signals[Own].WaitOne(limit);
            AfterWait?.Invoke();
        }

        public bool Set(int thread)
        {
            Interlocked.Increment(ref _sets);
            return _signals.TryGetValue(thread, out AutoResetEvent? signal) && signal.Set();
        }

        public void Dispose()
        {
            foreach (AutoResetEvent signal in _signals.Values)
            {
                signal.Dispose();
            }
        }
    }
}
