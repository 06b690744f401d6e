"""Memory that idle workers of a multiprocessing.Pool share with nobody (Linux), started by spawn. Prints the median in megabytes."""
import multiprocessing
import os
import statistics
import sys
import time


def nothing(_):
    time.sleep(0.05)
    return os.getpid()


def private_megabytes(process):
    with open(f"/proc/{process}/smaps_rollup") as file:
        fields = [line.split() for line in file if line.startswith("Private_")]
    return sum(int(field[1]) for field in fields if field[0] in ("Private_Clean:", "Private_Dirty:")) / 1024


def main():
    figures = []
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        for _ in range(int(sys.argv[1])):
            workers = set(pool.map(nothing, range(4), 1))
            time.sleep(0.1)
            figures += [private_megabytes(worker) for worker in workers]
    print("idle_worker_spawn", statistics.median(figures))


if __name__ == "__main__":
    main()
