"""Memory that idle workers of a multiprocessing.Pool share with nobody (Linux), in megabytes."""
import multiprocessing
import os
import statistics
import time

from measuring import main


def nothing(_):
    time.sleep(0.05)
    return os.getpid()


def private_megabytes(process):
    with open(f"/proc/{process}/smaps_rollup") as file:
        fields = [line.split() for line in file]
    return sum(int(field[1]) for field in fields if field[0] in ("Private_Clean:", "Private_Dirty:")) / 1024


def idle_worker(method):
    def figure(effort):
        with multiprocessing.get_context(method).Pool(2) as pool:
            def measure():
                workers = set(pool.map(nothing, range(4), 1))
                time.sleep(0.1)
                return statistics.median(private_megabytes(worker) for worker in workers)

            return effort.median(measure)

    return figure


if __name__ == "__main__":
    main({"idle_worker_spawn": idle_worker("spawn")})
