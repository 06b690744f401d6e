using System.Runtime.CompilerServices;
using Multiprocessing.Shipping.Graph;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>A cell's variables or captured locals: those that code reads follow one by one, the rest stays at home.</summary>
internal sealed class VariableHolderShape(Type type) : Shape
{
    public override bool IsVariableHolder => true;

    public override void WriteHead(GraphWriter writer, object value)
    {
    }

    public override object ReadHead(GraphReader reader, int id) => RuntimeHelpers.GetUninitializedObject(type);
}
