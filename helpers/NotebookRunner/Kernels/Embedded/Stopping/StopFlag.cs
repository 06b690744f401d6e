using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookRunner.Kernels.Embedded.Stopping;

/// <summary>
/// What a submission's code asks whether it is to stop: a class that is compiled into it, and that goes with it wherever it goes. In a worker process nobody raises the flag.
/// </summary>
internal sealed class StopFlag
{
    /// <summary>The class's name, which no C# code can say.</summary>
    public const string TypeName = "<Stopping>";

    /// <summary>The field that is true while the code may have to stop.</summary>
    public const string FieldName = "IsRaised";

    /// <summary>The method to call then: it throws if the calling code is what has to stop.</summary>
    public const string CheckName = "Check";

    private const string RaiseName = "Raise";

    private static readonly ClassDeclarationSyntax Declaration = ((ClassDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($$"""
        internal static class Stopping
        {
            internal static bool {{FieldName}};
            private static global::System.Action Asked;
            internal static void {{CheckName}}() { var asked = Asked; if (asked != null) asked(); }
            internal static void {{RaiseName}}(bool isRaised, global::System.Action asked) { Asked = asked; {{FieldName}} = isRaised; }
        }
        """)!).WithIdentifier(SyntaxFactory.Identifier(TypeName));

    private readonly Action<bool, Action> _raise;

    private StopFlag(Action<bool, Action> raise) => _raise = raise;

    /// <summary>Adds the class to a cell's syntax, behind everything else: nothing in the cell changes its place.</summary>
    public static CompilationUnitSyntax AddTo(CompilationUnitSyntax cell)
    {
        // Directives are taken for some only before the first word, which in a cell that has no other is the end.
        var before = cell.EndOfFileToken.LeadingTrivia;
        return cell.GetFirstToken(includeZeroWidth: true) == cell.EndOfFileToken
            ? cell.WithEndOfFileToken(cell.EndOfFileToken.WithLeadingTrivia()).AddMembers(Declaration.WithLeadingTrivia(before))
            : cell.AddMembers(Declaration);
    }

    /// <summary>The flag of a submission that has been loaded.</summary>
    public static StopFlag Of(Assembly submission, string? owner) =>
        new(submission.GetType(owner is null ? TypeName : $"{owner}+{TypeName}", throwOnError: true)!
            .GetMethod(RaiseName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.CreateDelegate<Action<bool, Action>>());

    /// <summary>Has the submission's code ask, or leave that.</summary>
    /// <param name="isRaised">Whether it is to ask.</param>
    /// <param name="asked">Whom: throws if the calling code is what has to stop.</param>
    public void Raise(bool isRaised, Action asked) => _raise(isRaised, asked);
}
