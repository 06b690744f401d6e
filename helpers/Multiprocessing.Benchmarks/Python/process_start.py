"""Start of a multiprocessing.Process: until the first line of the target, and until it is joined. Prints medians in milliseconds."""
import multiprocessing
import statistics
import sys
import time


def first_line(value):
    value.value = time.perf_counter()


def nothing():
    pass


def until_first_line(context):
    value = context.RawValue("d", 0)
    begin = time.perf_counter()
    process = context.Process(target=first_line, args=(value,))
    process.start()
    process.join()
    return (value.value - begin) * 1e3


def start_and_join(context):
    begin = time.perf_counter()
    process = context.Process(target=nothing)
    process.start()
    process.join()
    return (time.perf_counter() - begin) * 1e3


def median(measure, runs):
    for _ in range(2):
        measure()
    return statistics.median(measure() for _ in range(runs))


def main():
    runs = int(sys.argv[1])
    for method in ("fork", "spawn"):
        context = multiprocessing.get_context(method)
        print(f"first_line_{method}", median(lambda: until_first_line(context), runs))
        print(f"start_join_{method}", median(lambda: start_and_join(context), runs))

    # Every page of it touched: fork copies the table of all of them.
    held = bytearray(b"\1") * (1 << 30)
    context = multiprocessing.get_context("fork")
    print("start_join_fork_1gib", median(lambda: start_and_join(context), runs))
    del held


if __name__ == "__main__":
    main()
