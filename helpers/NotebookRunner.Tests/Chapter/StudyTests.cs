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

    private static NotebookCell[] Load(string notebook) => [.. NotebookDocument.Load(Path.Combine(ChapterFolder.Path, notebook)).RunnableCells];
}
