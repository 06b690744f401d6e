using System.Text;
using NotebookRunner.Documents;
using NotebookRunner.Handouts.Printing;
using NotebookRunner.Tests.Handouts.Browsers;
using NotebookRunner.Tests.Kernels;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts.Printing;

public sealed class PdfTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PdfTests()
    {
        _folder.Write("a.ipynb", new TestNotebook().Markdown("# 가\n\n[나](b.ipynb)").Code("1").ToString());
    }

    public void Dispose() => _folder.Dispose();

    [BrowserFact]
    public async Task A_PDF_lies_beside_the_page()
    {
        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "export", "a.ipynb", "--pdf");

        Assert.Equal(("", 0), (result.StandardError, result.ExitCode));
        string pdf = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(_folder["out", "handouts", "a.pdf"]));
        Assert.StartsWith("%PDF-", pdf, StringComparison.Ordinal);
        Assert.DoesNotContain("file:", pdf, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_browser_the_page_is_there_and_one_line_says_what_to_do()
    {
        ProgramResult result = await RunWithBrowserAsync("no-such-browser");

        Assert.Equal(2, result.ExitCode);
        string line = Assert.Single(result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("no-such-browser", line, StringComparison.Ordinal);
        Assert.Contains(ChromiumProgram.Variable, line, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["out", "handouts", "a.html"]));
    }

    [WindowsFact]
    public async Task Quotes_around_the_path_of_a_browser_are_not_part_of_it()
    {
        ProgramResult result = await RunWithBrowserAsync("\"C:\\no such\\browser.exe\"");

        Assert.Contains("'C:/no such/browser.exe'", result.StandardError, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task A_browser_that_prints_nothing_is_one_line_with_what_it_said()
    {
        ProgramResult result = await RunWithBrowserAsync(Browser("echo cannot open display >&2; exit 3"));

        Assert.Equal(2, result.ExitCode);
        string line = Assert.Single(result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("exit code 3", line, StringComparison.Ordinal);
        Assert.Contains("cannot open display", line, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out", "handouts", "a.pdf"]));
    }

    [Fact]
    public void A_page_may_take_longer_the_longer_it_is()
    {
        Assert.Equal(TimeSpan.FromMinutes(1), PdfPrinter.LimitFor(0));
        // 200 tables of 1000 rows, which a browser prints in about four minutes.
        Assert.InRange(PdfPrinter.LimitFor(10_800_000), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(40));
    }

    [Fact]
    public void A_page_of_very_many_elements_is_printed_without_tags()
    {
        Assert.False(PdfPrinter.IsTooLongForTags(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<td>1</td>", 100_000)))));
        Assert.True(PdfPrinter.IsTooLongForTags(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<td>1</td>", 300_000)))));
        // It is not the bytes: a picture has many.
        Assert.False(PdfPrinter.IsTooLongForTags(new byte[20_000_000]));
    }

    [UnixFact]
    public async Task A_browser_that_takes_too_long_is_ended_and_one_line_says_what_to_do()
    {
        string page = _folder.Write("a.html", "<p>long enough for five seconds</p>.....");
        var printer = new PdfPrinter(Browser($"echo $$ > '{_folder["id"]}'; exec sleep 1000"), bytes => TimeSpan.FromSeconds(bytes / 8.0));

        var exception = await Assert.ThrowsAsync<InvalidInputException>(() => printer.PrintAsync(page, CancellationToken.None));

        Assert.Contains("did not print it within 5 seconds", exception.Message, StringComparison.Ordinal);
        Assert.Contains("print it there", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
        Assert.True(ProcessState.HasEnded(int.Parse(_folder.Read("id"), System.Globalization.CultureInfo.InvariantCulture)));
    }

    [UnixFact]
    public async Task A_signal_ends_the_browser_and_leaves_no_profile_behind()
    {
        string temporary = Directory.CreateDirectory(_folder["tmp"]).FullName;
        string browser = Browser("echo $$ > \"$PWD/id.tmp\"; mv \"$PWD/id.tmp\" \"$PWD/id\"; exec sleep 1000");
        using RunnerProgram program = RunnerProgram.Start(_folder.Path, new Dictionary<string, string> { [ChromiumProgram.Variable] = browser, ["TMPDIR"] = temporary }, "export", "a.ipynb", "--pdf");
        while (!File.Exists(_folder["id"]))
            await Task.Delay(20);

        int id = int.Parse(_folder.Read("id"), System.Globalization.CultureInfo.InvariantCulture);
        await program.SendAsync("INT");
        ProgramResult result = await program.WaitAsync();

        Assert.Equal(130, result.ExitCode);
        Assert.True(ProcessState.HasEnded(id));
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary, "handout-*"));
    }

    private async Task<ProgramResult> RunWithBrowserAsync(string browser)
    {
        using RunnerProgram program = RunnerProgram.Start(_folder.Path, new Dictionary<string, string> { [ChromiumProgram.Variable] = browser }, "export", "a.ipynb", "--pdf");
        return await program.WaitAsync();
    }

    private string Browser(string script)
    {
        string path = _folder.Write("browser", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
