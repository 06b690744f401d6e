using System.Text.RegularExpressions;

namespace Multiprocessing.Package.Tests;

/// <summary>What the package's README shows.</summary>
[Collection(nameof(TestPackage))]
public partial class ReadmeTests(TestPackage package)
{
    [Fact(IsLong = true, Timeout = 600_000)]
    public async Task Its_samples_print_what_it_says()
    {
        string readme = await File.ReadAllTextAsync(Path.Combine(TestPackage.Helpers, "Multiprocessing", "Package", "README.md"));
        MatchCollection samples = Sample().Matches(readme.ReplaceLineEndings("\n"));
        Assert.Equal(Regex.Count(readme, "```csharp"), samples.Count);
        Consumer consumer = await (await package.ConsumerAsync("readme")).CreateAsync("console", "");
        foreach (Match sample in samples)
        {
            consumer.Write("Program.cs", sample.Groups["code"].Value);
            Assert.Equal(sample.Groups["output"].Value, (await consumer.DotnetAsync("run")).Succeeded());
        }
    }

    /// <summary>Code, and the output after it.</summary>
    [GeneratedRegex("```csharp\n(?<code>.*?)```\n\n```text\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample();
}
