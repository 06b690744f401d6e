using System.Reflection;

namespace Multiprocessing.Notebooks.Display;

/// <summary>What the shared objects with elements or items hold, at a glance.</summary>
internal static class SharedSummaries
{
    private static readonly Dictionary<Type, string> Methods = new()
    {
        [typeof(SharedArray<>)] = nameof(OfArray),
        [typeof(SharedValue<>)] = nameof(OfValue),
        [typeof(ProcessQueue<>)] = nameof(OfQueue),
    };

    public static Summary Of(object shown)
    {
        Type type = shown.GetType();
        if (!type.IsGenericType || !Methods.TryGetValue(type.GetGenericTypeDefinition(), out string? name))
        {
            throw new ArgumentException($"{type} is shown by somebody else.", nameof(shown));
        }

        // The one way from an object to the parameter of its type, so that the types themselves need know nothing of this.
        MethodInfo method = typeof(SharedSummaries).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.GetGenericArguments());
        return (Summary)method.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [shown], culture: null)!;
    }

    private static Summary OfArray<T>(SharedArray<T> array)
        where T : unmanaged => array.IsDisposed
        ? Summary.OfDisposed(SharedArray<T>.Title)
        : new Summary(SharedArray<T>.Title, [new("길이", Summary.Text(array.Length)), new("원소", array.FirstElements())]);

    private static Summary OfValue<T>(SharedValue<T> value)
        where T : unmanaged => value.IsDisposed
        ? Summary.OfDisposed(SharedValue<T>.Title)
        : new Summary(SharedValue<T>.Title, [new("값", Summary.Text(value.Value))]);

    private static Summary OfQueue<T>(ProcessQueue<T> queue) => queue.IsDisposed
        ? Summary.OfDisposed(ProcessQueue<T>.Title)
        : new Summary(ProcessQueue<T>.Title,
        [
            new("항목 수", Summary.Text(queue.Count)),
            new("용량", queue.BoundedCapacity is { } capacity ? Summary.Text(capacity) : "제한 없음"),
            Summary.State(queue.IsAddingCompleted ? "추가 완료" : "추가할 수 있음"),
        ]);
}
