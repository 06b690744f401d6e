using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace NotebookRunner.Kernels.Embedded.Submissions;

/// <summary>What the compiler makes of a cell, or of the library in it.</summary>
internal static class CellImage
{
    private static readonly EmitOptions Options = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    /// <summary>Compiles.</summary>
    /// <param name="compilation">The code; the cell's own is the last tree.</param>
    /// <param name="advise">Finds what to do about errors that do not say it; null if they all do.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CellFailedException">The code is not right.</exception>
    /// <exception cref="OperationCanceledException">The cell has been stopped meanwhile.</exception>
    public static (MemoryStream Image, MemoryStream Symbols) Emit(CSharpCompilation compilation, Func<IReadOnlyList<Diagnostic>, string?>? advise, CancellationToken cancellationToken)
    {
        var image = new MemoryStream();
        var symbols = new MemoryStream();
        var result = compilation.Emit(image, symbols, options: Options, cancellationToken: cancellationToken);
        if (result.Success)
            return (image, symbols);
        Diagnostic[] errors = [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        throw CellFailedException.Because(errors, compilation.SyntaxTrees.Last().FilePath, advise?.Invoke(errors));
    }
}
