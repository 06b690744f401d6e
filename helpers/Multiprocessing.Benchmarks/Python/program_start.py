"""From the start of a program, first_result.py, to what its one worker has answered. In milliseconds."""
import os
import subprocess
import sys
import time

from measuring import FASTEST, NoFigure, main

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "first_result.py")


def first_result(kind, method):
    def measure():
        begin = time.perf_counter()
        with subprocess.Popen([sys.executable, PROGRAM, kind, method], stdout=subprocess.PIPE) as program:
            line = program.stdout.readline()
            elapsed = time.perf_counter() - begin
        assert line.split() == [b"42"]
        return elapsed * 1e3

    def figure(effort):
        if method == "fork" and FASTEST != "fork":
            raise NoFigure("there is no fork here")
        return effort.median(measure)

    return figure


if __name__ == "__main__":
    main({
        "process_fork": first_result("process", "fork"),
        "process_spawn": first_result("process", "spawn"),
        "executor": first_result("executor", FASTEST),
    })
