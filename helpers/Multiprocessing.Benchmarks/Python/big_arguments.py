"""Eight arrays of 8 MB each as arguments of functions in a pool of two: megabytes a second of what goes there."""
import array
import multiprocessing
import time

from measuring import FASTEST, main

ARRAYS = 8
LENGTH = 1_000_000
MEGABYTES = ARRAYS * LENGTH * 8 / 1e6


def add_ends(values):
    return values[0] + values[-1]


def swap_ends(values):
    values[0], values[-1] = values[-1], values[0]
    return values


def throughput(function, check):
    def figure(effort):
        some = array.array("d", (i * 0.5 for i in range(LENGTH)))
        arrays = [some[i:] + some[:i] for i in range(ARRAYS)]
        with multiprocessing.get_context(FASTEST).Pool(2) as pool:
            def measure():
                begin = time.perf_counter()
                results = pool.map(function, arrays, 1)
                elapsed = time.perf_counter() - begin
                assert all(map(check, arrays, results))
                return MEGABYTES / elapsed

            return effort.median(measure)

    return figure


def is_sum_of_ends(values, result):
    return result == values[0] + values[-1]


def is_swapped(values, result):
    return len(result) == LENGTH and result[0] == values[-1] and result[-1] == values[0] and result[1:-1] == values[1:-1]


if __name__ == "__main__":
    main({
        "to_the_worker": throughput(add_ends, is_sum_of_ends),
        "there_and_back": throughput(swap_ends, is_swapped),
    })
