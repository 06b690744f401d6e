"""Shared arrays, counters and locks of multiprocessing. In millions a second, of all processes together."""
import multiprocessing
import time

from measuring import FASTEST, main

SIZE = 1000
CONTEXT = multiprocessing.get_context(FASTEST)


def write_elements(array, times):
    for round in range(times // SIZE):
        for i in range(SIZE):
            array[i] = round


def add(value, times):
    for _ in range(times):
        with value.get_lock():
            value.value += 1


def enter_and_exit(lock, times):
    for _ in range(times):
        lock.acquire()
        lock.release()


def work(function, shared, times, barrier, answer):
    barrier.wait()
    begin = time.perf_counter()
    function(shared, times)
    answer.send((begin, time.perf_counter()))


def together(function, make, times, count, check):
    """Runs a function in `count` processes, which begin together; counts from the first begin to the last end."""
    def measure():
        shared = make()
        barrier = CONTEXT.Barrier(count)
        receivers, processes = [], []
        for _ in range(count):
            receiver, sender = CONTEXT.Pipe(False)
            process = CONTEXT.Process(target=work, args=(function, shared, times, barrier, sender))
            process.start()
            receivers.append(receiver)
            processes.append(process)
        spans = [receiver.recv() for receiver in receivers]
        for process in processes:
            process.join()
        assert check(shared)
        return times * count / (max(end for _, end in spans) - min(begin for begin, _ in spans)) / 1e6

    return lambda effort: effort.median(measure)


def has_last_round(times):
    return lambda array: array[0] == array[SIZE - 1] == times // SIZE - 1


def is_free(lock):
    return lock.acquire(timeout=1)


if __name__ == "__main__":
    main({
        "element_writes_raw": together(write_elements, lambda: CONTEXT.RawArray("i", SIZE), 1_000_000, 1, has_last_round(1_000_000)),
        "element_writes_locked": together(write_elements, lambda: CONTEXT.Array("i", SIZE), 300_000, 1, has_last_round(300_000)),
        "counter_2": together(add, lambda: CONTEXT.Value("i", 0), 100_000, 2, lambda value: value.value == 200_000),
        "lock_1": together(enter_and_exit, CONTEXT.Lock, 1_000_000, 1, is_free),
        "lock_2": together(enter_and_exit, CONTEXT.Lock, 500_000, 2, is_free),
    })
