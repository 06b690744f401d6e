using Multiprocessing.Serialization;

namespace Multiprocessing.Connections;

/// <summary>Who a worker is, as its parent tells it when somebody takes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ParentId">The operating system's number of its parent.</param>
/// <param name="ParentName">The name of its parent, if that is a worker itself; null if it is none.</param>
internal sealed record WorkerIdentity(string Name, int ParentId, string? ParentName)
{
    public static WorkerIdentity Read(PayloadReader input) => new(input.ReadString() ?? "", input.ReadInt32(), input.ReadString());

    public void Write(PayloadWriter output)
    {
        output.WriteString(Name);
        output.WriteInt32(ParentId);
        output.WriteString(ParentName);
    }
}
