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

/// <summary>The answer to a <see cref="LibraryRequest"/>; with nothing but its number if the parent does not find it either.</summary>
/// <param name="Number">The request's.</param>
/// <param name="Assembly">The assembly.</param>
/// <param name="NativePath">Where the native library is.</param>
/// <param name="Refusal">Why the worker cannot have it, though the parent has it.</param>
internal sealed record LibraryAnswer(int Number, AssemblyFrame? Assembly = null, string? NativePath = null, string? Refusal = null)
{
    public static LibraryAnswer Read(PayloadReader input) =>
        new(input.ReadInt32(), input.ReadBoolean() ? AssemblyFrame.Read(input) : null, input.ReadString(), input.ReadString());

    public void Write(PayloadWriter output)
    {
        output.WriteInt32(Number);
        output.WriteBoolean(Assembly is not null);
        Assembly?.Write(output);
        output.WriteString(NativePath);
        output.WriteString(Refusal);
    }
}
