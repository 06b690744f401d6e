"""The dictionary of a Manager, and shared memory by name. In thousands a second, of one child process; microseconds."""
import multiprocessing
import time
from multiprocessing import shared_memory

from measuring import FASTEST, main

KEYS = 1000
CONTEXT = multiprocessing.get_context(FASTEST)
NAMES = [f"key {i}" for i in range(KEYS)]


def get(dictionary, times):
    total = 0
    for i in range(times):
        total += dictionary[NAMES[i % KEYS]]
    return total


def put(dictionary, times):
    for i in range(times):
        dictionary[NAMES[i % KEYS]] = i


def work(function, dictionary, times, answer):
    begin = time.perf_counter()
    function(dictionary, times)
    answer.send(time.perf_counter() - begin)


def in_child(function, times):
    def measure():
        with CONTEXT.Manager() as manager:
            dictionary = manager.dict({name: i for i, name in enumerate(NAMES)})
            receiver, sender = CONTEXT.Pipe(False)
            process = CONTEXT.Process(target=work, args=(function, dictionary, times, sender))
            process.start()
            elapsed = receiver.recv()
            process.join()
        return times / elapsed / 1e3

    return lambda effort: effort.median(measure)


def open_by_name(effort):
    times = 2000
    made = shared_memory.SharedMemory(create=True, size=4000)

    def measure():
        begin = time.perf_counter()
        for _ in range(times):
            opened = shared_memory.SharedMemory(made.name)
            assert opened.buf[0] == 0
            opened.close()
        return (time.perf_counter() - begin) / times * 1e6

    try:
        return effort.median(measure)
    finally:
        made.close()
        made.unlink()


if __name__ == "__main__":
    main({"get": in_child(get, 5_000), "put": in_child(put, 5_000), "open": open_by_name})
