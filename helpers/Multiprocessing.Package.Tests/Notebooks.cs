using System.Text.Json;

namespace Multiprocessing.Package.Tests;

/// <summary>Notebooks that nobody has run.</summary>
internal static class Notebooks
{
    /// <summary>One of such cells.</summary>
    public static string Of(params string[] cells) => JsonSerializer.Serialize(new
    {
        cells = cells.Select(static (source, index) => new
        {
            cell_type = "code",
            execution_count = (int?)null,
            id = $"cell-{index}",
            metadata = new { },
            outputs = Array.Empty<object>(),
            source,
        }),
        metadata = new { kernelspec = new { display_name = ".NET (C#)", language = "C#", name = ".net-csharp" }, language_info = new { name = "C#" } },
        nbformat = 4,
        nbformat_minor = 5,
    });
}
