using System.Reflection;

namespace Multiprocessing.Serialization.Code;

/// <summary>
/// The code that a delegate can reach, as far as it can touch variables of the cells and captured locals; and so the variables that
/// must go with it. Grows as roots are added. Not thread-safe.
/// </summary>
/// <remarks>
/// Only the methods of a cell itself and what the compiler derives from methods (lambdas, local functions, state machines) can name a
/// variable: a type declared in a cell cannot see the cell's variables, and another assembly cannot see a closure. So the walk ends
/// at every other call, and stays short in large programs.
/// </remarks>
/// <param name="found">Called once for each variable, when it is found to be read.</param>
internal sealed class ReachableCode(Action<FieldInfo> found)
{
    private readonly HashSet<MemberInfo> _visited = new(DefinitionComparer.Instance);
    private readonly HashSet<MemberInfo> _variables = new(DefinitionComparer.Instance);
    private readonly Stack<MethodBase> _pending = [];

    /// <summary>Tells whether code found so far reads the variable.</summary>
    public bool Reads(FieldInfo field) => _variables.Contains(field);

    /// <summary>Adds a method that the worker may run, and all that can be reached from it.</summary>
    public void Add(MethodBase root)
    {
        Push(root);
        while (_pending.TryPop(out MethodBase? method))
        {
            MethodReferences references = MethodReferences.Of(method);
            foreach (FieldInfo variable in references.VariablesRead)
            {
                Add(variable);
            }

            foreach (MethodBase callee in references.Callees)
            {
                Push(callee);
            }
        }
    }

    /// <summary>Adds a variable that is read by name (from an expression tree, say).</summary>
    public void Add(FieldInfo variable)
    {
        if (_variables.Add(variable))
        {
            found(variable);
        }
    }

    private void Push(MethodBase method)
    {
        if (_visited.Add(method))
        {
            _pending.Push(method);
        }
    }

    /// <summary>Two members are the same if they are of one definition: every instantiation of a generic method or closure.</summary>
    private sealed class DefinitionComparer : IEqualityComparer<MemberInfo>
    {
        public static DefinitionComparer Instance { get; } = new();

        public bool Equals(MemberInfo? x, MemberInfo? y) => x is null || y is null ? x == y : x.HasSameMetadataDefinitionAs(y);

        public int GetHashCode(MemberInfo member) => member.MetadataToken;
    }
}
