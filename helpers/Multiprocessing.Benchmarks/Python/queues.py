"""Queues of multiprocessing, of each kind: items a second, microseconds a trip, megabytes a second."""
import multiprocessing
import os
import statistics
import time

from measuring import FASTEST, main

NUMBERS = 50_000
TRIPS = 1000
WARM_UP_TRIPS = 200
ARRAYS = 60
WARM_UP_ARRAYS = 10
ARRAY_LENGTH = 1_000_000

context = multiprocessing.get_context(FASTEST)


def queue_ends(make):
    """A channel in one direction as what its producer and its consumer call."""
    queue = make()
    return queue.put, queue.get


def pipe_ends():
    receiver, sender = context.Pipe(duplex=False)
    return sender.send, receiver.recv


def duplex_pipe_ends():
    """Two ends both of which send and receive: one call gives the ends of one way, the next those of the other."""
    if not duplex_pipe_ends.other:
        one, other = context.Pipe()
        duplex_pipe_ends.other.append((other.send, one.recv))
        return one.send, other.recv
    return duplex_pipe_ends.other.pop()


duplex_pipe_ends.other = []


def joinable_queue_ends():
    queue = context.JoinableQueue()

    def get():
        item = queue.get()
        queue.task_done()
        return item

    return queue.put, get


def pipe_bytes_ends():
    receiver, sender = context.Pipe(duplex=False)
    return sender.send_bytes, receiver.recv_bytes


KINDS = {"queue": lambda: queue_ends(context.Queue), "simple_queue": lambda: queue_ends(context.SimpleQueue), "pipe": pipe_ends}
BYTE_KINDS = {**KINDS, "pipe_bytes": pipe_bytes_ends}


def produce_numbers(put, begin):
    begin.wait()
    for i in range(NUMBERS):
        put(i)


def produce_arrays(put, begin, array):
    begin.wait()
    for _ in range(ARRAYS):
        put(array)


def per_second(kind, produce, count, is_right, *more):
    put, get = kind()
    begin = context.Event()
    process = context.Process(target=produce, args=(put, begin, *more))
    process.start()
    time.sleep(0.05)
    start = time.perf_counter()
    begin.set()
    right = 0
    for i in range(count):
        right += is_right(i, get())
    elapsed = time.perf_counter() - start
    process.join()
    assert right == count
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
        assert back_get() == trip
        if trip >= 0:
            trips.append((time.perf_counter() - start) * 1e6)
    there_put(None)
    back_get()
    process.join()
    return statistics.median(trips)


def small_ints(kind):
    return lambda effort: effort.median(lambda: per_second(kind, produce_numbers, NUMBERS, int.__eq__))


def duplex_bytes_ends():
    """The same for bytes alone, which are not pickled."""
    put, get = duplex_pipe_ends()
    return put.__self__.send_bytes, get.__self__.recv_bytes


def echo_arrays(get, put):
    for _ in range(WARM_UP_ARRAYS + ARRAYS):
        put(get())


def array_round_trip(kind):
    array = os.urandom(ARRAY_LENGTH)

    def measure():
        there_put, there_get = kind()
        back_put, back_get = kind()
        process = context.Process(target=echo_arrays, args=(there_get, back_put))
        process.start()
        trips = []
        for trip in range(-WARM_UP_ARRAYS, ARRAYS):
            start = time.perf_counter()
            there_put(array)
            taken = back_get()
            if trip >= 0:
                trips.append((time.perf_counter() - start) * 1e6)
        process.join()
        assert taken == array
        return statistics.median(trips)

    return lambda effort: effort.median(measure)


def ping_pong(kind):
    return lambda effort: effort.median(lambda: round_trip(kind))


def byte_arrays(kind):
    array = os.urandom(ARRAY_LENGTH)

    def is_right(_, taken):
        return len(taken) == ARRAY_LENGTH and taken[0] == array[0] and taken[-1] == array[-1]

    return lambda effort: effort.median(lambda: per_second(kind, produce_arrays, ARRAYS, is_right, array) * ARRAY_LENGTH / 1e6)


if __name__ == "__main__":
    main({
        **{f"small_ints_{name}": small_ints(kind) for name, kind in KINDS.items()},
        "small_ints_joinable_queue": small_ints(joinable_queue_ends),
        **{f"ping_pong_{name}": ping_pong(kind) for name, kind in KINDS.items()},
        "ping_pong_duplex_pipe": ping_pong(duplex_pipe_ends),
        "array_ping_pong_duplex_pipe": array_round_trip(duplex_pipe_ends),
        "array_ping_pong_duplex_pipe_bytes": array_round_trip(duplex_bytes_ends),
        **{f"byte_arrays_{name}": byte_arrays(kind) for name, kind in BYTE_KINDS.items()},
    })
