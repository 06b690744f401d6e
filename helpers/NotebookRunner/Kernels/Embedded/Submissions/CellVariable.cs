using System.Reflection;

namespace NotebookRunner.Kernels.Embedded.Submissions;

/// <summary>A variable that a cell has declared at its top level.</summary>
internal sealed class CellVariable
{
    private readonly object _submission;
    private readonly FieldInfo _field;

    private CellVariable(object submission, FieldInfo field) => (_submission, _field) = (submission, field);

    /// <summary>What the cell calls it.</summary>
    public string Name => _field.Name;

    /// <summary>Its declared type.</summary>
    public Type Type => _field.FieldType;

    /// <summary>What it holds now.</summary>
    public object? Value => _field.GetValue(_submission);

    /// <summary>The variables of a submission that runs or has run, without those of the compiler's own making.</summary>
    public static IEnumerable<CellVariable> Of(object submission) => submission.GetType()
        .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(field => field.Name[0] == '_' || char.IsLetterOrDigit(field.Name[0]))
        .Select(field => new CellVariable(submission, field));
}
