using System.Reflection;
using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Assemblies;

namespace Multiprocessing.Serialization.Code;

/// <summary>What the names that the C# compiler generates tell: which types are closures, what a variable was called in the source.</summary>
internal static class GeneratedNames
{
    private const string SubmissionPrefix = "Submission#";

    /// <summary>What an iterator was called with, until it begins.</summary>
    private const string IteratorParameterPrefix = "<>3__";

    /// <summary>The class that Roslyn scripting makes of one cell; its instance fields are the cell's top-level variables.</summary>
    public static bool IsSubmission(Type type) =>
        !type.IsNested && type.Name.StartsWith(SubmissionPrefix, StringComparison.Ordinal) && type.Namespace is null;

    /// <summary>
    /// A class that holds captured locals (<c>&lt;&gt;c__DisplayClass…</c>) or nothing at all (<c>&lt;&gt;c</c>). Several lambdas share one,
    /// so an instance may hold variables that the lambda at hand never touches. By the name alone, which no source can have: within the class of a
    /// cell, itself generated, the compiler marks nothing as generated.
    /// </summary>
    public static bool IsClosure(Type type) => type.IsNested && type.Name.StartsWith("<>c", StringComparison.Ordinal)
        && (type.Name.Length == 3 || type.Name[3] == '`' || type.Name.StartsWith("<>c__", StringComparison.Ordinal));

    /// <summary>Types of which only the fields that the shipped code reads are shipped.</summary>
    public static bool IsVariableHolder(Type type) => IsSubmission(type) || IsClosure(type);

    /// <summary>The state machine of an iterator or async method or lambda: code and locals in one object.</summary>
    public static bool IsStateMachine(Type type) =>
        type.IsNested && type.Name.StartsWith('<') && !type.Name.StartsWith("<>c", StringComparison.Ordinal)
        && (typeof(IAsyncStateMachine).IsAssignableFrom(type) || typeof(System.Collections.IEnumerator).IsAssignableFrom(type)
            || typeof(System.Collections.IEnumerable).IsAssignableFrom(type));

    /// <summary>An assembly that Roslyn scripting made of a cell.</summary>
    public static bool IsCellAssembly(Assembly assembly) => AssemblyNames.Of(assembly).StartsWith("ℛ*", StringComparison.Ordinal);

    /// <summary>True for code that may read variables of a holder: the cell's own methods, and what the compiler derived from any method.</summary>
    public static bool MayTouchVariables(MethodBase method)
    {
        for (Type? type = method.DeclaringType; type is not null; type = type.DeclaringType)
        {
            if (type.Name.StartsWith('<'))
            {
                return true;
            }
        }

        return method.Name.StartsWith('<') || (method.DeclaringType is { } declaring && IsSubmission(declaring));
    }

    /// <summary>The name that a reader knows a field by, or null where the field is the compiler's own link between holders.</summary>
    public static string? VariableName(FieldInfo field)
    {
        string name = field.Name;
        if (name.StartsWith(IteratorParameterPrefix, StringComparison.Ordinal))
        {
            return name[IteratorParameterPrefix.Length..];
        }

        if (name.StartsWith("<>", StringComparison.Ordinal) || name.StartsWith("CS$<>", StringComparison.Ordinal)
            || name.StartsWith("<" + SubmissionPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        if (name.StartsWith('<') && name.IndexOf('>', StringComparison.Ordinal) is > 1 and int end)
        {
            return name[1..end];
        }

        return name.TrimStart('_') is { Length: > 0 } trimmed ? trimmed : name;
    }

    /// <summary>What a reader calls a delegate's method: <c>lambda at cell 3</c>, <c>CalcSquare at cell 2</c>, <c>lambda in Program.Main</c>.</summary>
    public static string Describe(MethodBase method) => CellOf(method) is { } cell ? $"{DescribeWithin(method)} at cell {cell}" : DescribeWithin(method);

    /// <summary>
    /// The number of the cell that a method is from; null if it is from none. The number of the submission: a kernel that compiles an empty one first, as .NET Interactive does,
    /// so counts its cells from one.
    /// </summary>
    public static string? CellOf(MethodBase method) => Outermost(method) is { } type && IsSubmission(type) ? type.Name[SubmissionPrefix.Length..] : null;

    /// <summary>The same as <see cref="Describe"/>, without the cell.</summary>
    public static string DescribeWithin(MethodBase method)
    {
        string name = method.Name;
        bool isLambda = name.Contains(">b__", StringComparison.Ordinal);
        string plain = name.StartsWith('<') ? SourceName(name) : name;

        Type? outermost = Outermost(method);
        if (outermost is not null && IsSubmission(outermost))
        {
            return isLambda ? "lambda" : plain;
        }

        string owner = outermost?.Name ?? method.Module.Name;
        return isLambda ? $"lambda in {owner}.{plain}" : $"{owner}.{plain}";
    }

    private static Type? Outermost(MethodBase method)
    {
        Type? outermost = method.DeclaringType;
        while (outermost?.DeclaringType is { } outer)
        {
            outermost = outer;
        }

        return outermost;
    }

    /// <summary><c>&lt;Main&gt;b__0</c> is <c>Main</c>, <c>&lt;Main&gt;g__Local|0_0</c> is <c>Local</c>, <c>&lt;&lt;Main&gt;b__0&gt;d</c> is <c>Main</c>.</summary>
    private static string SourceName(string name)
    {
        int local = name.IndexOf(">g__", StringComparison.Ordinal);
        if (local >= 0 && name.IndexOf('|', local) is > 0 and int bar)
        {
            return name[(local + 4)..bar];
        }

        string inner = name.TrimStart('<');
        int end = inner.IndexOf('>', StringComparison.Ordinal);
        return end > 0 ? inner[..end].Replace("Main$", "Main", StringComparison.Ordinal) : name;
    }
}
