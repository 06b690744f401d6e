"""Start of a multiprocessing.Process: until the first line of the target, and until it is joined. In milliseconds."""
import multiprocessing
import time

from measuring import main


def first_line(value):
    value.value = time.perf_counter()


def nothing():
    pass


def start_and_join_with_memory(method):
    def figure(effort):
        # Every page of it touched: fork copies the table of all of them.
        held = bytearray(b"\1") * (1 << 30)
        milliseconds = start_and_join(method)(effort)
        del held
        return milliseconds

    return figure


def until_first_line(method):
    context = multiprocessing.get_context(method)
    value = context.RawValue("d", 0)

    def measure():
        begin = time.perf_counter()
        process = context.Process(target=first_line, args=(value,))
        process.start()
        process.join()
        return (value.value - begin) * 1e3

    return lambda effort: effort.median(measure)


def start_and_join(method):
    context = multiprocessing.get_context(method)

    def measure():
        begin = time.perf_counter()
        process = context.Process(target=nothing)
        process.start()
        process.join()
        elapsed = time.perf_counter() - begin
        assert process.exitcode == 0
        return elapsed * 1e3

    return lambda effort: effort.median(measure)


if __name__ == "__main__":
    main({
        "first_line_fork": until_first_line("fork"),
        "first_line_spawn": until_first_line("spawn"),
        "start_join_fork": start_and_join("fork"),
        "start_join_fork_1gib": start_and_join_with_memory("fork"),
        "start_join_spawn": start_and_join("spawn"),
    })
