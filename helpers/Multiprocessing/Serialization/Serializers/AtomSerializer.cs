using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>An object that is rebuilt at once from a few values: its fields hold what only its own process can know.</summary>
/// <typeparam name="T">The type, or a base of it.</typeparam>
internal sealed class AtomSerializer<T>(Action<GraphWriter, T> write, Func<GraphReader, T> read) : Serializer
    where T : class
{
    public override void WriteHead(GraphWriter writer, object value) => write(writer, (T)value);

    public override object ReadHead(GraphReader reader) => read(reader);
}
