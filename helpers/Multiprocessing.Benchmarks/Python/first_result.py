"""A whole program: `first_result.py process|executor METHOD` prints what its one worker has answered."""
import concurrent.futures
import multiprocessing
import sys


def answer(x):
    return x * 7


def tell(connection, x):
    connection.send(answer(x))


if __name__ == "__main__":
    kind, method = sys.argv[1:]
    context = multiprocessing.get_context(method)
    if kind == "process":
        receiver, sender = context.Pipe(False)
        process = context.Process(target=tell, args=(sender, 6))
        process.start()
        print(receiver.recv(), flush=True)
        process.join()
    else:
        with concurrent.futures.ProcessPoolExecutor(1, context) as executor:
            print(executor.submit(answer, 6).result(), flush=True)
