using System.Globalization;
using System.Text.RegularExpressions;

namespace NotebookRunner.Tests.Kernels;

/// <summary>Stack traces name cells and lines.</summary>
public sealed class StackTraceTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    [Fact]
    public async Task An_exception_tells_the_cell_and_line_that_threw_it_and_those_that_called()
    {
        await kernels.RunAsync("void Fail()\n{\n    throw new InvalidOperationException(\"boom\");\n}");
        await kernels.RunAsync("this does not compile");
        var error = (await kernels.RunAsync("\nFail();")).Error();
        var frames = Regex.Matches(error.StackTrace!, @"in cell (\d+):line (\d+)").Select(frame => (Cell: int.Parse(frame.Groups[1].Value, CultureInfo.InvariantCulture), Line: frame.Groups[2].Value)).ToList();
        int first = frames[0].Cell;
        Assert.Equal([(first, "3"), (first + 2, "2")], frames);
        Assert.Contains($"in cell {first}:line 3", (await kernels.RunAsync("try { Fail(); } catch (Exception e) { Console.Write(e); }")).Output(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_of_a_cells_own_type_keeps_its_name_and_cause()
    {
        var error = (await kernels.RunAsync("class OwnException(string message, Exception cause) : Exception(message, cause);\nthrow new OwnException(\"outer\", new FormatException(\"inner\"));")).Error();
        Assert.Matches(@"^Submission#\d+\+OwnException$", error.ExceptionType);
        Assert.Equal("outer", error.Message);
        Assert.Contains("FormatException: inner", error.StackTrace, StringComparison.Ordinal);
    }
}
