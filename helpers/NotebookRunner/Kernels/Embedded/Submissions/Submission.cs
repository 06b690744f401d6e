using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NotebookRunner.Kernels.Embedded.Stopping;

namespace NotebookRunner.Kernels.Embedded.Submissions;

/// <summary>A piece of a notebook's C#, compiled against all that came before it.</summary>
internal sealed class Submission
{
    private readonly MemoryStream _image;
    private readonly MemoryStream _symbols;

    private Submission(CSharpCompilation compilation, (MemoryStream Image, MemoryStream Symbols) code)
    {
        Compilation = compilation;
        (_image, _symbols) = ImageRewriter.Rewrite(code, module =>
        {
            StopChecks.AddTo(module);
            LibraryNames.ToRuntime(module);
        });
    }

    /// <summary>What the compiler knows of it.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>Whether its last statement is an expression without semicolon, and not of type void: this is the cell's value. So is what the cell itself returns: null by a bare return.</summary>
    public bool HasValue
    {
        get
        {
            var tree = Compilation.SyntaxTrees.Last();
            // The last member is the flag that was added.
            var members = tree.GetCompilationUnitRoot().Members.SkipLast(1);
            return members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last }
                ? Compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).ConvertedType?.SpecialType != SpecialType.System_Void
                : members.OfType<GlobalStatementSyntax>()
                    .SelectMany(member => member.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
                    .Any(node => node is ReturnStatementSyntax);
        }
    }

    /// <summary>Compiles.</summary>
    /// <exception cref="CellFailedException">The code is not right.</exception>
    /// <exception cref="OperationCanceledException">The cell has been stopped meanwhile.</exception>
    public static Submission Compile(CSharpCompilation compilation, CancellationToken cancellationToken) =>
        new(compilation, CellImage.Emit(compilation, advise: null, cancellationToken));

    /// <summary>Loads it.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="stop">What will stop its code.</param>
    /// <returns>The static method of its class that runs it, given an array with all submissions so far at their places, where it puts itself.</returns>
    public MethodInfo Load(CellLoadContext context, StopSignal stop)
    {
        var assembly = context.LoadFromStream(_image, _symbols);
        var entry = Compilation.GetEntryPoint(CancellationToken.None)!;
        var type = assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!;
        stop.Add(StopFlag.Of(assembly, type.Name));
        return type.GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
    }
}
