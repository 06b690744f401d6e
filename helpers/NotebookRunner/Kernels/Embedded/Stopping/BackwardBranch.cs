using Mono.Cecil.Cil;

namespace NotebookRunner.Kernels.Embedded.Stopping;

/// <summary>A jump to what has been executed before: a loop has one, and nothing else does.</summary>
/// <param name="Source">What jumps.</param>
/// <param name="Target">Where to.</param>
internal readonly record struct BackwardBranch(Instruction Source, Instruction Target)
{
    /// <summary>The jumps that an instruction may make.</summary>
    public static IEnumerable<BackwardBranch> Of(Instruction source) =>
        from target in source.Operand switch
        {
            Instruction one => [one],
            Instruction[] several => several.Distinct(),
            _ => (IEnumerable<Instruction>)[],
        }
        where target.Offset <= source.Offset
        select new BackwardBranch(source, target);

    /// <summary>Makes it jump elsewhere.</summary>
    public void Lead(Instruction elsewhere)
    {
        if (Source.Operand is Instruction[] several)
            several.AsSpan().Replace(Target, elsewhere);
        else
            Source.Operand = elsewhere;
    }
}
