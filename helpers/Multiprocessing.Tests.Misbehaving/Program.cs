using System.Globalization;
using System.Text;
using Multiprocessing;
using Multiprocessing.Tests.Misbehaving;

// A parent of workers that does, on demand, what parents should not do; the first argument says what.
if (args is ["portable", ..])
{
    AppContext.SetSwitch("Multiprocessing.PortableLauncher", true);
    AppContext.SetSwitch("Multiprocessing.PortableWaiting", true);
    args = args[1..];
}

if (OperatingSystem.IsWindows())
{
    // Else it prints in the code page of whoever has started it.
    Console.OutputEncoding = Encoding.UTF8;
}

switch (args)
{
    case ["sleep", var seconds]:
        Thread.Sleep(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
        return 0;
    case ["echo", var word]:
        Console.Write(word + "\n");
        return 0;
    case ["yes"]:
        while (true)
        {
            Console.Write("yes\n");
        }

    case ["loop"]:
        // Starts workers that never end, says who they are, and waits to be killed.
        return Parent.Loop();
    case ["descend"]:
        // Has a worker that has a worker, each with a child process that is none; says who they are, and waits to be killed.
        return Parent.Descend();
    case ["orphan"]:
        // Has a worker with a child process, kills the worker as somebody else might, and says which the child is.
        return Parent.Orphan();
    case ["interrupt"] when OperatingSystem.IsWindows():
        // Presses Ctrl-C in its console, and says who has heard it: it itself, or its worker.
        return Interrupter.Run();
    case ["release"]:
        // Runs a function that starts a process and leaves it running, says which, and returns at once.
        return Parent.Release();
    case ["leave"]:
        // Starts a worker and returns at once.
        new WorkerProcess(Parent.Forever).Start();
        return 0;
    case ["print"]:
        return Parent.Print();
    case ["unjoined"]:
        return Parent.PrintWithoutJoin();
    case ["throw"]:
        return Parent.Throw();
    case ["die"]:
        return Parent.Die();
    case ["kill"]:
        return Parent.Kill();
    case ["share", var end]:
        // Leaves shared memory behind, its workers' too, and ends as told: return, exit, throw, kill (the worker first).
        return Sharer.Share(end);
    case ["pool", var work]:
        // Has a pool: loop, idle, nested (and waits to be killed), return, exit, throw (without Dispose), map, prepare.
        return Pools.Run(work);
    case ["queue", var end]:
        // The same as 'share' with queues: return, exit, throw.
        return Queuer.Run(end);
    case ["named", var work, var name]:
        // Does something with an array of that name: make, last, open, count.
        return Namer.Run(work, name);
    case ["scarce", "workers"]:
        // Starts workers with room for hardly any open file.
        return Scarcity.StartWorkers();
    case ["scarce", "pools"]:
        // Makes a pool without any.
        return Scarcity.MakePools();
    default:
        Console.Error.WriteLine("One of: sleep SECONDS, echo WORD, yes, loop, descend, orphan, interrupt, release, leave, print, unjoined, throw, die, kill, share END, pool WORK, queue END, named WORK NAME, scarce WHAT; 'portable' before it for the portable launcher and waiting.");
        return 2;
}
