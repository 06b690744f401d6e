using Multiprocessing.Serialization;

namespace Multiprocessing.Connections;

/// <summary>An exception of a worker, as text that always arrives, and as the object if that can go.</summary>
/// <param name="TypeName">The full name of its type.</param>
/// <param name="Message">Its message.</param>
/// <param name="StackTrace">Where it was thrown, in the worker.</param>
/// <param name="Text">All of it, as <c>ToString</c> gives it.</param>
/// <param name="Graph">The exception itself; empty if it cannot be sent.</param>
internal sealed record WorkerFault(string TypeName, string Message, string StackTrace, string Text, ReadOnlyMemory<byte> Graph)
{
    public static WorkerFault Read(PayloadReader input) => new(
        input.ReadString() ?? "", input.ReadString() ?? "", input.ReadString() ?? "", input.ReadString() ?? "",
        input.ReadBytes(input.ReadInt32()).ToArray());

    public void Write(PayloadWriter output)
    {
        output.WriteString(TypeName);
        output.WriteString(Message);
        output.WriteString(StackTrace);
        output.WriteString(Text);
        output.WriteInt32(Graph.Length);
        output.WriteBytes(Graph.Span);
    }
}
