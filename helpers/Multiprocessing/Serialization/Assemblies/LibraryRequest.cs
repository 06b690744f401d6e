namespace Multiprocessing.Serialization.Assemblies;

/// <summary>What a worker asks its parent for: an assembly or a native library that it does not find by itself.</summary>
/// <param name="Number">Which answer is the one to this.</param>
/// <param name="Name">The assembly's name, as complete as the code that needs it has it; or the library's.</param>
/// <param name="Requester">The module whose code needs it; empty if the runtime does not say.</param>
/// <param name="IsNative">Whether it is a native library.</param>
internal readonly record struct LibraryRequest(int Number, string Name, Guid Requester, bool IsNative)
{
    public static LibraryRequest Read(PayloadReader input) => new(input.ReadInt32(), input.ReadString() ?? "", input.ReadGuid(), input.ReadBoolean());

    public void Write(PayloadWriter output)
    {
        output.WriteInt32(Number);
        output.WriteString(Name);
        output.WriteGuid(Requester);
        output.WriteBoolean(IsNative);
    }
}
