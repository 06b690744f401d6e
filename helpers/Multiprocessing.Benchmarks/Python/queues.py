"""Queues of multiprocessing, by the fastest start method: the best of its Queue, SimpleQueue and Pipe. Prints medians."""
import multiprocessing
import os
import statistics
import sys
import time

NUMBERS = 100_000
TRIPS = 2000
WARM_UP_TRIPS = 300
ARRAYS = 100
ARRAY_LENGTH = 1_000_000

context = multiprocessing.get_context("fork")


def queue_ends(make):
    """A channel in one direction as what its producer and its consumer call."""
    queue = make()
    return queue.put, queue.get


def pipe_ends():
    receiver, sender = context.Pipe(duplex=False)
    return sender.send, receiver.recv


def pipe_bytes_ends():
    receiver, sender = context.Pipe(duplex=False)
    return sender.send_bytes, receiver.recv_bytes


KINDS = [lambda: queue_ends(context.Queue), lambda: queue_ends(context.SimpleQueue), pipe_ends]
BYTE_KINDS = KINDS + [pipe_bytes_ends]


def produce_numbers(put, begin):
    begin.wait()
    for i in range(NUMBERS):
        put(i)


def produce_arrays(put, begin, array):
    begin.wait()
    for _ in range(ARRAYS):
        put(array)


def per_second(kind, produce, count, *more):
    put, get = kind()
    begin = context.Event()
    process = context.Process(target=produce, args=(put, begin, *more))
    process.start()
    time.sleep(0.05)
    start = time.perf_counter()
    begin.set()
    for _ in range(count):
        get()
    elapsed = time.perf_counter() - start
    process.join()
    return count / elapsed


def echo(get, put):
    while True:
        number = get()
        put(number)
        if number is None:
            return


def round_trip(kind):
    there_put, there_get = kind()
    back_put, back_get = kind()
    process = context.Process(target=echo, args=(there_get, back_put))
    process.start()
    trips = []
    for trip in range(-WARM_UP_TRIPS, TRIPS):
        start = time.perf_counter()
        there_put(trip)
        back_get()
        if trip >= 0:
            trips.append((time.perf_counter() - start) * 1e6)
    there_put(None)
    back_get()
    process.join()
    return statistics.median(trips)


def best(kinds, choose, measure, runs):
    measure(kinds[0])
    return choose(statistics.median(measure(kind) for _ in range(runs)) for kind in kinds)


def main():
    runs = int(sys.argv[1])
    array = os.urandom(ARRAY_LENGTH)
    print("small_ints", best(KINDS, max, lambda kind: per_second(kind, produce_numbers, NUMBERS), runs))
    print("ping_pong", best(KINDS, min, round_trip, runs))
    print("byte_arrays", best(BYTE_KINDS, max, lambda kind: per_second(kind, produce_arrays, ARRAYS, array) * ARRAY_LENGTH / 1e6, runs))


if __name__ == "__main__":
    main()
