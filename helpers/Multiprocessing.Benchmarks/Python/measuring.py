"""What the scripts beside this one share: how often to measure, and which of their figures.

Each is called as `script.py RUNS SECONDS NAME...` (by hand: without any of these) and prints a line for each name: `name value`, or `name - why there is no value`.
"""
import multiprocessing
import statistics
import sys
import time

# A fork is the fastest way to start a process wherever there is one.
FASTEST = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"

FEWEST_RUNS = 3
PATIENCE = 4


class NoFigure(Exception):
    """Python has no figure for this, and the message says why."""


class Effort:
    """How often a measurement is repeated."""

    def __init__(self, runs, seconds):
        self.runs = runs
        self.seconds = seconds

    def median(self, measure, warm_ups=1):
        """The median of several runs, after some that do not count; of fewer than FEWEST_RUNS only if they take PATIENCE times the time."""
        for _ in range(warm_ups):
            measure()
        figures = []
        begin = time.perf_counter()
        while len(figures) < self.runs and time.perf_counter() - begin < self.seconds * (PATIENCE if len(figures) < FEWEST_RUNS else 1):
            figures.append(measure())
        return statistics.median(figures)


def main(figures):
    """Measures what the command line asks for; `figures` has for each name a function of the effort."""
    effort = Effort(int(sys.argv[1]), float(sys.argv[2])) if len(sys.argv) > 2 else Effort(7, 1)
    for name in sys.argv[3:] or figures:
        try:
            print(name, figures[name](effort), flush=True)
        except NoFigure as why:
            print(name, "-", why, flush=True)
