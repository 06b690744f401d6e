using Multiprocessing.Shipping.Graph;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>An object that is rebuilt at once from a few values: its fields hold what only its own process can know.</summary>
/// <typeparam name="T">The type, or a base of it.</typeparam>
internal sealed class LeafShape<T>(Action<GraphWriter, T> write, Func<GraphReader, T> read) : Shape
    where T : class
{
    public override void WriteHead(GraphWriter writer, object value) => write(writer, (T)value);

    public override object ReadHead(GraphReader reader, int id) => read(reader);
}
