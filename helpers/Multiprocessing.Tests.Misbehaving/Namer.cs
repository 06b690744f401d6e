namespace Multiprocessing.Tests.Misbehaving;

/// <summary>What a program does with shared memory that has a name.</summary>
internal static class Namer
{
    public const int Length = 100;
    public const int Times = 20_000;

    /// <summary>Has an array of that name, says what it has found, and waits to be told to end.</summary>
    public static int Run(string work, string name)
    {
        try
        {
            using SharedArray<long> array = work switch
            {
                "make" => SharedArray.Create<long>(name, Length),
                "last" => SharedArray.Create<long>(name, Length, NamedLifetime.UntilDeleted),
                "open" => SharedArray.Open<long>(name),
                _ => SharedArray.CreateOrOpen<long>(name, Length),
            };
            Console.WriteLine($"{array.Length} {array[0]}");
            _ = Console.ReadLine();
            if (work == "count")
            {
                for (int i = 0; i < Times; i++)
                {
                    using (array.Lock.EnterScope())
                    {
                        array[0]++;
                    }
                }

                Console.WriteLine("counted");
                _ = Console.ReadLine();
            }
            else if (work == "open")
            {
                array.Lock.Enter();
                array[0] = 42;
                Console.WriteLine("entered");
                _ = Console.ReadLine();
            }

            return 0;
        }
        catch (IOException e)
        {
            Console.WriteLine(e.GetType().Name);
            return 1;
        }
    }
}
