using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace NotebookRunner.Kernels.Embedded.Stopping;

/// <summary>
/// Puts into a submission's code the places where it can be stopped: a look at the <see cref="StopFlag"/> in each round of a loop, and at the beginning of each method, which covers recursion and
/// what .NET's own loops call. .NET cannot abort a thread at any instruction without now and then taking the process with it; here the code ends of itself, by an exception, as C# code does.
/// Expression trees have no such code in them, and stay as they are.
/// </summary>
internal static class StopChecks
{
    private const string AsyncStateMachine = "System.Runtime.CompilerServices.IAsyncStateMachine";

    /// <summary>Adds the checks to code that has a flag.</summary>
    public static void AddTo(ModuleDefinition module)
    {
        TypeDefinition[] types = [.. module.GetAllTypes()];
        var flag = types.Single(type => type.Name == StopFlag.TypeName);
        var check = new Check(flag.Fields.Single(field => field.Name == StopFlag.FieldName), flag.Methods.Single(method => method.Name == StopFlag.CheckName));
        foreach (var method in types.Where(type => type != flag).SelectMany(type => type.Methods).Where(method => method.HasBody))
            AddTo(method, check);
    }

    private static void AddTo(MethodDefinition method, Check check)
    {
        var body = method.Body;
        var first = body.Instructions[0];
        BackwardBranch[] branches = [.. body.Instructions.SelectMany(BackwardBranch.Of)];
        if (branches.Length == 0 && !BeginsWithCheck(method))
            return;

        body.SimplifyMacros();
        foreach (var loop in branches.GroupBy(branch => (branch.Target, IsWithinTry: IsInTryThatStartsAtTarget(branch, body))))
        {
            var added = check.InsertBefore(loop.Key.Target, body, loop.Key.IsWithinTry);
            foreach (var branch in loop)
                branch.Lead(added);
        }

        if (BeginsWithCheck(method) && body.Instructions[0] == first)
            check.InsertBefore(first, body, isWithinTry: false);
        body.OptimizeMacros();
    }

    // Constructors and accessors are short, and many. An exception out of a state machine, whose own code would keep it in a task, would go to whoever resumes it; its loops are within that code.
    private static bool BeginsWithCheck(MethodDefinition method) =>
        !method.IsSpecialName
        && method.Name != "Finalize"
        && !method.DeclaringType.Interfaces.Any(implemented => implemented.InterfaceType.FullName == AsyncStateMachine);

    // Whoever branches from within a try block to its beginning must stay in it. Whoever comes from outside is to be stopped outside, where the block's own catch cannot undo it.
    private static bool IsInTryThatStartsAtTarget(BackwardBranch branch, MethodBody body) => body.ExceptionHandlers.Any(handler =>
        handler.TryStart == branch.Target && branch.Source.Offset >= handler.TryStart.Offset && branch.Source.Offset < handler.TryEnd.Offset);
}
