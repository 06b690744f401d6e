using System.Runtime.CompilerServices;
using PublicApiGenerator;

namespace Multiprocessing.Tests.PublicApi;

public class PublicApiTests
{
    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,

        // Names a type of the compiler's.
        ExcludeAttributes = [typeof(AsyncIteratorStateMachineAttribute).FullName!],
    };

    /// <summary>What users may depend on is written down beside this test; a change of it should be seen in a review.</summary>
    [Fact]
    public void The_public_api_is_the_one_that_is_written_down()
    {
        string written = Path.Combine(AppContext.BaseDirectory, "PublicApi", "PublicApi.txt");
        string[] actual = typeof(WorkerProcess).Assembly.GeneratePublicApi(Options).ReplaceLineEndings("\n").Split('\n');
        string[] expected = File.Exists(written) ? File.ReadAllLines(written) : [];

        if (!actual.SequenceEqual(expected))
        {
            string found = written + ".actual";
            File.WriteAllLines(found, actual);
            Assert.Fail(
                $"New: {string.Join("; ", actual.Except(expected))}\nGone: {string.Join("; ", expected.Except(actual))}\nIf that is meant, take over {found} as PublicApi/PublicApi.txt.");
        }
    }

    [Fact]
    public void The_helper_assembly_depends_on_nothing_but_the_framework()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

        Assert.All(
            typeof(WorkerProcess).Assembly.GetReferencedAssemblies(),
            reference => Assert.True(File.Exists(Path.Combine(framework, reference.Name + ".dll")), reference.Name));
    }
}
