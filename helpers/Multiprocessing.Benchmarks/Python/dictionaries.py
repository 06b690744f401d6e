"""The dictionary of a Manager. In thousands a second, of one child process."""
import multiprocessing
import time

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


if __name__ == "__main__":
    main({"get": in_child(get, 5_000), "put": in_child(put, 5_000)})
