"""multiprocessing.shared_memory: opened by another process than its maker, and made and unlinked. In microseconds."""
import multiprocessing
import os
import time
from multiprocessing import shared_memory

from measuring import FASTEST, main

CONTEXT = multiprocessing.get_context(FASTEST)


def open_and_close(name, times, answer):
    begin = time.perf_counter()
    for _ in range(times):
        opened = shared_memory.SharedMemory(name)
        assert opened.buf[0] == 0
        opened.close()
    answer.send((time.perf_counter() - begin) / times * 1e6)


def open_by_name(effort):
    """In another process than that which has made it."""
    made = shared_memory.SharedMemory(create=True, size=4000)

    def measure():
        receiver, sender = CONTEXT.Pipe(False)
        process = CONTEXT.Process(target=open_and_close, args=(made.name, 2000, sender))
        process.start()
        microseconds = receiver.recv()
        process.join()
        return microseconds

    try:
        return effort.median(measure)
    finally:
        made.close()
        made.unlink()


def create_by_name(effort):
    times = 1000

    def measure():
        begin = time.perf_counter()
        for i in range(times):
            made = shared_memory.SharedMemory(f"benchmark-{os.getpid()}-{i}", create=True, size=4000)
            made.buf[0] = 1
            made.close()
            made.unlink()
        return (time.perf_counter() - begin) / times * 1e6

    return effort.median(measure)


if __name__ == "__main__":
    main({"open": open_by_name, "create": create_by_name})
