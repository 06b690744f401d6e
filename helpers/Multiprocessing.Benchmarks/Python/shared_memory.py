"""Shared arrays, counters and locks of multiprocessing, by the fastest start method. Prints medians in millions a second, of all processes together."""
import multiprocessing
import statistics
import sys
import time

SIZE = 1000


def write_elements(array, times):
    for i in range(times):
        array[i % SIZE] = i


def add(value, times):
    for _ in range(times):
        with value.get_lock():
            value.value += 1


def enter_and_exit(lock, times):
    for _ in range(times):
        lock.acquire()
        lock.release()


def work(function, shared, times, barrier, answers):
    barrier.wait()
    begin = time.perf_counter()
    function(shared, times)
    answers.send((begin, time.perf_counter()))


def once(context, function, make, times, count):
    shared = make()
    barrier = context.Barrier(count)
    receivers, processes = [], []
    for _ in range(count):
        receiver, sender = context.Pipe(False)
        process = context.Process(target=work, args=(function, shared, times, barrier, sender))
        process.start()
        receivers.append(receiver)
        processes.append(process)
    spans = [receiver.recv() for receiver in receivers]
    for process in processes:
        process.join()
    return times * count / (max(end for _, end in spans) - min(begin for begin, _ in spans)) / 1e6


def median(*measurement, runs):
    once(*measurement)
    return statistics.median(once(*measurement) for _ in range(runs))


def main():
    runs = int(sys.argv[1])
    context = multiprocessing.get_context("fork")
    print("element_writes_raw", median(context, write_elements, lambda: context.RawArray("i", SIZE), 1_000_000, 1, runs=runs))
    print("element_writes_locked", median(context, write_elements, lambda: context.Array("i", SIZE), 300_000, 1, runs=runs))
    print("counter_2", median(context, add, lambda: context.Value("i", 0), 150_000, 2, runs=runs))
    print("lock_1", median(context, enter_and_exit, context.Lock, 1_000_000, 1, runs=runs))
    print("lock_2", median(context, enter_and_exit, context.Lock, 500_000, 2, runs=runs))


if __name__ == "__main__":
    main()
