namespace Multiprocessing.Serialization.Assemblies;

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
