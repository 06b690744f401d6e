"""multiprocessing.Pool, concurrent.futures and loky: ten sleepers, many trivial tasks, one call at a time, a killed worker."""
import concurrent.futures
import multiprocessing
import os
import signal
import statistics
import time

from measuring import FASTEST, NoFigure, main

COUNT = 100_000
CALLS = 1000


def sleep_and_square(x):
    time.sleep(0.2)
    return x * x


def increment(x):
    return x + 1


def report_and_sleep(x):
    processes[x] = os.getpid()
    time.sleep(0.5)
    return x


def report_and_wait(x):
    processes[x] = os.getpid()
    time.sleep(3600)


def take_reports(array):
    global processes
    processes = array


def end(pool):
    pool.terminate()
    pool.join()


def map_sleepers(pool, begin):
    squares = pool.map(sleep_and_square, range(10))
    elapsed = time.perf_counter() - begin
    assert squares == [x * x for x in range(10)]
    return (elapsed - 0.2) * 1e3


def create_and_map(method):
    """Milliseconds over the 0.2 s; the pool's end is not in it."""
    def measure():
        begin = time.perf_counter()
        pool = multiprocessing.get_context(method).Pool(10)
        over = map_sleepers(pool, begin)
        end(pool)
        return over

    return lambda effort: effort.median(measure)


def warm_map(method):
    """Milliseconds over the 0.2 s."""
    def figure(effort):
        pool = multiprocessing.get_context(method).Pool(10)
        over = effort.median(lambda: map_sleepers(pool, time.perf_counter()), warm_ups=2)
        end(pool)
        return over

    return figure


def trivial_tasks(chunk_size):
    """Tasks a second."""
    def figure(effort):
        pool = multiprocessing.get_context(FASTEST).Pool(2)
        pool.map(increment, range(10_000), chunk_size)
        want = list(range(1, COUNT + 1))

        def measure():
            begin = time.perf_counter()
            results = pool.map(increment, range(COUNT), chunk_size)
            elapsed = time.perf_counter() - begin
            assert results == want
            return COUNT / elapsed

        rate = effort.median(measure, warm_ups=0 if chunk_size == 1 else 2)
        end(pool)
        return rate

    return figure


def one_call(effort):
    pool = multiprocessing.get_context(FASTEST).Pool(2)
    microseconds = median_call(effort, lambda x: pool.apply(increment, (x,)), CALLS)
    end(pool)
    return microseconds


def median_call(effort, add, calls):
    """Microseconds, the median of many calls."""
    def call(x):
        begin = time.perf_counter()
        answer = add(x)
        elapsed = time.perf_counter() - begin
        assert answer == x + 1
        return elapsed * 1e6

    return effort.median(lambda: statistics.median(call(x) for x in range(calls)))


def executor(count):
    return concurrent.futures.ProcessPoolExecutor(count, multiprocessing.get_context(FASTEST))


def loky(count):
    """joblib's own, or the one by itself."""
    try:
        from joblib.externals.loky import get_reusable_executor
    except ImportError:
        try:
            from loky import get_reusable_executor
        except ImportError:
            raise NoFigure("neither joblib nor loky is installed for this Python (Debian: python3-joblib, for /usr/bin/python3)") from None
    return get_reusable_executor(count, timeout=60)


def executor_call(make):
    def figure(effort):
        with make(2) as pool:
            return median_call(effort, lambda x: pool.submit(increment, x).result(), CALLS // 2)

    return figure


def executor_tasks(make):
    """Tasks a second, one a message."""
    def figure(effort):
        count = COUNT // 50
        want = list(range(1, count + 1))
        with make(2) as pool:
            def measure():
                begin = time.perf_counter()
                results = list(pool.map(increment, range(count)))
                elapsed = time.perf_counter() - begin
                assert results == want
                return count / elapsed

            return effort.median(measure)

    return figure


def executor_create_and_map(make):
    """Milliseconds over the 0.2 s; the pool's end is not in it."""
    def measure():
        begin = time.perf_counter()
        pool = make(10)
        squares = list(pool.map(sleep_and_square, range(10)))
        elapsed = time.perf_counter() - begin
        pool.shutdown()
        assert squares == [x * x for x in range(10)]
        return (elapsed - 0.2) * 1e3

    return lambda effort: effort.median(measure)


def cancelled_map(effort):
    """Milliseconds. What runs can only be ended with the pool, and the next map needs another one."""
    context = multiprocessing.get_context(FASTEST)

    def measure():
        reports = context.RawArray("i", 2)
        pool = context.Pool(2, take_reports, (reports,))
        pool.map_async(report_and_wait, range(2), 1)
        while sum(process != 0 for process in reports) < 2:
            time.sleep(0.001)
        begin = time.perf_counter()
        end(pool)
        other = context.Pool(2)
        results = other.map(increment, range(2), 1)
        elapsed = time.perf_counter() - begin
        end(other)
        assert results == [1, 2]
        return elapsed * 1e3

    return effort.median(measure, warm_ups=2)


def map_and_be_bereft(answer):
    """Kills the worker of the first input when both workers are busy; answers with the milliseconds from the kill to the exception."""
    if hasattr(os, "setpgrp"):
        os.setpgrp()
    context = multiprocessing.get_context(FASTEST)
    # Not a queue: a worker that is killed while it writes to one takes the queue's lock with it.
    reports = context.RawArray("i", 4)
    pool = context.Pool(2, take_reports, (reports,))
    result = pool.map_async(report_and_sleep, range(4), 1)
    while reports[0] == 0 or sum(process != 0 for process in reports) < 2:
        time.sleep(0.001)
    begin = time.perf_counter()
    os.kill(reports[0], getattr(signal, "SIGKILL", signal.SIGTERM))
    try:
        result.get()
        answer.send("the map ended as if no worker had been killed")
    except Exception:
        answer.send((time.perf_counter() - begin) * 1e3)


def killed_worker(effort):
    # The other inputs need 1.5 s more; what has not come some time after that does not come.
    limit = 1.5 + max(1.5, 3 * effort.seconds)
    context = multiprocessing.get_context(FASTEST)
    receiver, sender = context.Pipe(False)
    # In a process of its own, because a pool that has lost a worker can hang at the program's end, too.
    process = context.Process(target=map_and_be_bereft, args=(sender,))
    process.start()
    try:
        if not receiver.poll(limit):
            raise NoFigure(f"Pool.map has neither returned nor raised {limit:g} s after the kill")
        answer = receiver.recv()
        assert isinstance(answer, float), answer
        return answer
    finally:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


if __name__ == "__main__":
    main({
        "create_and_map_fork": create_and_map("fork"),
        "create_and_map_spawn": create_and_map("spawn"),
        "warm_map_fork": warm_map("fork"),
        "tasks_one_a_message": trivial_tasks(1),
        "tasks_automatic_chunks": trivial_tasks(None),
        "one_call": one_call,
        "one_call_executor": executor_call(executor),
        "one_call_loky": executor_call(loky),
        "tasks_one_a_message_executor": executor_tasks(executor),
        "tasks_one_a_message_loky": executor_tasks(loky),
        "create_and_map_executor": executor_create_and_map(executor),
        "create_and_map_loky": executor_create_and_map(loky),
        "killed_worker": killed_worker,
        "cancelled_map": cancelled_map,
    })
