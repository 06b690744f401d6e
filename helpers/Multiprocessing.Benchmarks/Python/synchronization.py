"""Event, condition, semaphore, barrier of multiprocessing. Trips in microseconds, the rest in millions (barrier: thousands) a second."""
import multiprocessing
import statistics
import time

from measuring import FASTEST, main
from shared_memory import together

CONTEXT = multiprocessing.get_context(FASTEST)
TRIPS = 1000
WARM_UP_TRIPS = 200
ROUNDS = 3000


def answer_events(there, back):
    for _ in range(WARM_UP_TRIPS + TRIPS):
        there.wait()
        there.clear()
        back.set()


def event_ping_pong():
    there, back = CONTEXT.Event(), CONTEXT.Event()

    def travel():
        there.set()
        back.wait()
        back.clear()

    return median_trip(answer_events, (there, back), travel)


def answer_condition(condition, turn):
    for _ in range(WARM_UP_TRIPS + TRIPS):
        with condition:
            condition.wait_for(lambda: turn.value == 1)
            turn.value = 0
            condition.notify()


def condition_ping_pong():
    condition, turn = CONTEXT.Condition(), CONTEXT.RawValue("i", 0)

    def travel():
        with condition:
            turn.value = 1
            condition.notify()
            condition.wait_for(lambda: turn.value == 0)

    return median_trip(answer_condition, (condition, turn), travel)


def median_trip(answer, shared, travel):
    process = CONTEXT.Process(target=answer, args=shared)
    process.start()
    trips = []
    for trip in range(-WARM_UP_TRIPS, TRIPS):
        begin = time.perf_counter()
        travel()
        if trip >= 0:
            trips.append((time.perf_counter() - begin) * 1e6)
    process.join()
    return statistics.median(trips)


def acquire_and_release(semaphore, times):
    for _ in range(times):
        semaphore.acquire()
        semaphore.release()


def has_one(semaphore):
    return semaphore.acquire(timeout=1) and not semaphore.acquire(block=False)


def pass_barrier(barrier, times):
    for _ in range(times):
        barrier.wait()


def barrier_rounds(count):
    """Thousands a second. `together` counts what all have done, in millions."""
    run = together(pass_barrier, lambda: CONTEXT.Barrier(count), ROUNDS, count, lambda barrier: barrier.n_waiting == 0)
    return lambda effort: run(effort) * 1e3 / count


if __name__ == "__main__":
    main({
        "event_ping_pong": lambda effort: effort.median(event_ping_pong),
        "condition_ping_pong": lambda effort: effort.median(condition_ping_pong),
        "semaphore_1": together(acquire_and_release, lambda: CONTEXT.Semaphore(1), 1_000_000, 1, has_one),
        "semaphore_2": together(acquire_and_release, lambda: CONTEXT.Semaphore(1), 300_000, 2, has_one),
        "barrier_2": barrier_rounds(2),
        "barrier_4": barrier_rounds(4),
    })
