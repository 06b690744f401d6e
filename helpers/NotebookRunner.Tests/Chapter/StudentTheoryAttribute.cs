using System.Runtime.CompilerServices;

namespace NotebookRunner.Tests.Chapter;

/// <summary>A test that runs every notebook of the chapter more than once, which takes longer than all other tests: <c>.ci/students</c> asks for it.</summary>
internal sealed class StudentTheoryAttribute : TheoryAttribute
{
    private const string Variable = "CHAPTER_STUDENTS";

    public StudentTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (Environment.GetEnvironmentVariable(Variable) is null or "")
            Skip = $"takes minutes: run .ci/students, which sets {Variable}";
    }
}
