using Multiprocessing.Tests.Architecture.Samples.Pools;

namespace Multiprocessing.Tests.Architecture.Samples.Memory;

#pragma warning disable CA1034 // Nested types should not be visible: each is one way to use what stands above, and they are read together.
#pragma warning disable CA1822 // Mark members as static: likewise.
/// <summary>Ways in which a layer could use one that stands above it.</summary>
public static class Uses
{
    public class Downward
    {
        public object Same => typeof(Uses);
    }

    public class ByCall
    {
        public void Use() => Higher.Call();
    }

    public class ByLambda
    {
        public Action Use => static () => Higher.Call();
    }

    public class ByAsyncMethod
    {
        public async Task UseAsync()
        {
            await Task.Yield();
            Higher.Call();
        }
    }

    public class ByIterator
    {
        public IEnumerable<int> Use()
        {
            yield return Higher.Count;
        }
    }

    public class ByTypeArgument
    {
        public object Use => Array.Empty<List<Higher>>();
    }

    public class ByTypeof
    {
        public object Use => typeof(Higher);
    }

    public class ByCast
    {
        public bool Use(object value) => value is Higher;
    }

    public class ByCatch
    {
        public void Use(Action action)
        {
            try
            {
                action();
            }
            catch (HigherException)
            {
            }
        }
    }

    public class ByCatchInLambda
    {
        public Action Use(Action action) => () =>
        {
            try
            {
                action();
            }
            catch (HigherException)
            {
            }
        };
    }

    public class ByCatchWithFilter
    {
        public void Use(Action action)
        {
            try
            {
                action();
            }
            catch (HigherException e) when (e.InnerException is null)
            {
            }
        }
    }

    public class ByParameter
    {
        public void Use(Higher? value) => _ = value;
    }

    public class ByInheritance : Higher;

    public class ByConstraint<T>
        where T : Higher;

    [Higher]
    public class ByBeingMarked;

    [OfType(typeof(Higher))]
    public class ByBeingMarkedWithAType;
}
