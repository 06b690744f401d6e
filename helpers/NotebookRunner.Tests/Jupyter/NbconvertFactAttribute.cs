using System.Runtime.CompilerServices;
using NotebookRunner.Programs;

namespace NotebookRunner.Tests.Jupyter;

/// <summary>A test that has Jupyter's nbconvert run a notebook.</summary>
internal sealed class NbconvertFactAttribute : FactAttribute
{
    internal const string Program = "jupyter-nbconvert";

    public NbconvertFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!SearchPath.Candidates(Program).Any(File.Exists))
            Skip = $"there is no {Program} on the PATH";
    }
}
