using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NotebookRunner.Kernels.Embedded.Stopping;

/// <summary>The code that looks at a flag. While nobody raises it, that is a comparison with memory and a jump that is never taken.</summary>
/// <param name="Flag">What to look at.</param>
/// <param name="Method">What to call if it is raised.</param>
internal sealed record Check(FieldDefinition Flag, MethodDefinition Method)
{
    /// <summary>Puts the code before an instruction that begins a statement.</summary>
    /// <param name="target">The instruction.</param>
    /// <param name="body">Where it is.</param>
    /// <param name="isWithinTry">If a try block begins with the instruction: whether it shall begin with the check, instead of after it.</param>
    /// <returns>The first added instruction.</returns>
    public Instruction InsertBefore(Instruction target, MethodBody body, bool isWithinTry)
    {
        Instruction[] added =
        [
            // Else the compiler may look once, before the loop.
            Instruction.Create(OpCodes.Volatile),
            Instruction.Create(OpCodes.Ldsfld, Flag),
            Instruction.Create(OpCodes.Brfalse, target),
            Instruction.Create(OpCodes.Call, Method),
        ];
        int at = body.Instructions.IndexOf(target);
        foreach (var instruction in added)
            body.Instructions.Insert(at++, instruction);

        foreach (var handler in body.ExceptionHandlers)
        {
            // What ended before the instruction ends before the check, which else would be in it.
            if (handler.TryEnd == target)
                handler.TryEnd = added[0];
            if (handler.HandlerEnd == target)
                handler.HandlerEnd = added[0];
            if (isWithinTry && handler.TryStart == target)
                handler.TryStart = added[0];
        }

        return added[0];
    }
}
