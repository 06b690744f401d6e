using NotebookRunner.Chapters;
using NotebookRunner.Documents;

namespace NotebookRunner.Tests.Chapter;

/// <summary>What students do with each notebook beside running it from top to bottom.</summary>
public sealed class StudyTests
{
    private const int Patience = 300_000;

    public static TheoryData<string> Notebooks => [.. ChapterManifest.Find(ChapterFolder.Path)!.Notebooks
        .Select(notebook => notebook.File)
        .Where(file => Load(file).Length > 0)];

    [StudentTheory(Timeout = Patience)]
    [MemberData(nameof(Notebooks))]
    public async Task Runs_each_cell_twice_before_the_next(string notebook)
    {
        await using StudiedNotebook study = await StudiedNotebook.OpenAsync();

        foreach (NotebookCell cell in Load(notebook))
        {
            await study.RunAsync(cell);
            await study.RunAsync(cell);
        }
    }

    [StudentTheory(Timeout = Patience)]
    [MemberData(nameof(Notebooks))]
    public async Task Runs_the_cells_again_from_the_last_to_the_first(string notebook)
    {
        await using StudiedNotebook study = await StudiedNotebook.OpenAsync();
        NotebookCell[] cells = Load(notebook);

        foreach (NotebookCell cell in cells)
            await study.RunAsync(cell);
        foreach (NotebookCell cell in cells.Reverse())
            await study.RunAsync(cell);
    }

    [StudentTheory(Timeout = Patience)]
    [MemberData(nameof(Notebooks))]
    public async Task Begins_with_the_last_cell_is_told_what_is_missing_and_begins_anew(string notebook)
    {
        await using StudiedNotebook study = await StudiedNotebook.OpenAsync();
        NotebookCell[] cells = Load(notebook);

        await study.RunAsync(cells[0]);
        foreach (NotebookCell cell in cells.Skip(1).Reverse())
            await study.TryAsync(cell);
        foreach (NotebookCell cell in cells)
            await study.RunAsync(cell);
    }

    [StudentTheory(Timeout = Patience)]
    [MemberData(nameof(Notebooks))]
    public async Task Stops_each_cell_and_runs_it_again(string notebook)
    {
        await using StudiedNotebook study = await StudiedNotebook.OpenAsync();
        NotebookCell[] cells = Load(notebook);

        foreach (NotebookCell cell in cells)
        {
            // The first cell loads the library, and the kernel with it: nobody stops that.
            if (cell != cells[0])
                await study.StopAsync(cell, after: TimeSpan.FromMilliseconds(100));
            await study.RunAsync(cell);
        }
    }

    /// <summary>What the texts invite to change.</summary>
    [StudentTheory(Timeout = Patience)]
    [InlineData("30-1-threads-and-processes.ipynb", "setup", "WorkerPool.Prepare(2);", "")]
    [InlineData("30-1-threads-and-processes.ipynb", "define", "[5, 10, 15, 20]", "[3]")]
    [InlineData("30-1-threads-and-processes.ipynb", "define", "[5, 10, 15, 20]", "[2000000, -7]")]
    [InlineData("30-3-shared-memory.ipynb", "race", "20_000_000", "1_000")]
    [InlineData("30-4-queue.ipynb", "source", "[2, 3, 4, 5, 6]", "[2, 3, 4, 5, 6, 7, 8, 9]")]
    [InlineData("30-5-pool.ipynb", "serial", "10]", "10, 11, 12]")]
    [InlineData("30-5-pool.ipynb", "pool", "int processes = 10;", "int processes = 3;")]
    [InlineData("30-5-pool.ipynb", "pool", "int processes = 10;", "int processes = 32;")]
    [InlineData("30-6-lock.ipynb", "race", "10_000_000", "1_000")]
    [InlineData("30-6-lock.ipynb", "race", "int seen = balance; balance = seen + 1;", "balance += 1;")]
    [InlineData("30-6-lock.ipynb", "locked", "1_000_000", "10_000_000")]
    [InlineData("30-8-how-many-workers.ipynb", "waiting", "1, 2, 4, 8]", "1, 2, 4, 8, 16]")]
    public async Task Changes_what_the_text_invites_to_change_and_runs_the_rest(string notebook, string id, string text, string other)
    {
        await using StudiedNotebook study = await StudiedNotebook.OpenAsync();

        foreach (NotebookCell cell in Load(notebook))
        {
            if (cell.Id == id)
                Assert.Contains(text, cell.Source, StringComparison.Ordinal);
            await study.RunAsync(cell, cell.Id == id ? cell.Source.Replace(text, other, StringComparison.Ordinal) : null);
        }
    }

    [StudentTheory(Timeout = Patience)]
    [InlineData("30-5-pool.ipynb", "pool", "int processes = 10;", "int processes = 1000;")]
    [InlineData("30-8-how-many-workers.ipynb", "waiting", "1, 2, 4, 8]", "1, 1000]")]
    public async Task Asks_for_a_thousand_processes_and_is_told_that_these_are_too_many(string notebook, string id, string text, string other)
    {
        await using StudiedNotebook study = await StudiedNotebook.OpenAsync();
        NotebookCell[] cells = Load(notebook);
        NotebookCell changed = cells.Single(cell => cell.Id == id);

        foreach (NotebookCell cell in cells.TakeWhile(cell => cell != changed))
            await study.RunAsync(cell);

        Assert.Contains("너무 많습니다", await study.TryAsync(changed, changed.Source.Replace(text, other, StringComparison.Ordinal)), StringComparison.Ordinal);
        await study.RunAsync(changed);
    }

    private static NotebookCell[] Load(string notebook) => [.. NotebookDocument.Load(Path.Combine(ChapterFolder.Path, notebook)).RunnableCells];
}
