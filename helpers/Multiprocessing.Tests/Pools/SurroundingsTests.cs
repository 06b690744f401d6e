using System.Globalization;

namespace Multiprocessing.Tests.Pools;

/// <summary>Workers that stay see the surroundings of each call, not those of their start.</summary>
[Collection(nameof(Workers.SurroundingsTests))]
public class SurroundingsTests
{
    [Fact]
    public void Each_call_has_the_cultures_of_its_caller()
    {
        using WorkerPool pool = new(2);
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo beforeUI = CultureInfo.CurrentUICulture;
        string usual = $"{1.5} {beforeUI.Name}";
        try
        {
            Assert.All(pool.Map(Text, Enumerable.Range(0, 4)), text => Assert.Equal(usual, text));
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ko-KR");
            Assert.All(pool.Map(Text, Enumerable.Range(0, 4)), static text => Assert.Equal("1,5 ko-KR", text));
            Assert.Equal("1,5 ko-KR", pool.Run(static () => Text(0)));
            CultureInfo own = new("en-US");
            own.NumberFormat.NumberDecimalSeparator = "·";
            CultureInfo.CurrentCulture = own;
            Assert.All(pool.Map(Text, Enumerable.Range(0, 4)), static text => Assert.Equal("1·5 ko-KR", text));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            CultureInfo.CurrentUICulture = beforeUI;
        }

        Assert.All(pool.Map(Text, Enumerable.Range(0, 4)), text => Assert.Equal(usual, text));

        static string Text(int x) => $"{1.5} {CultureInfo.CurrentUICulture.Name}";
    }

    [Fact]
    public void The_culture_of_a_call_holds_whatever_culture_threads_begin_with()
    {
        CultureInfo installed = CultureInfo.InstalledUICulture;
        using WorkerPool given = new(new WorkerPoolOptions { Processes = 1, Culture = installed });
        using WorkerPool pool = new(1);
        CultureInfo before = CultureInfo.CurrentCulture, beforeUI = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
            Assert.Equal((installed.Name, installed.Name), given.Run(Names));
            Assert.Equal([(installed.Name, installed.Name)], given.Map(static _ => Names(), [1]));
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = installed;
            Assert.Equal((installed.Name, installed.Name), pool.Run(Names));
            Assert.Equal([(installed.Name, installed.Name)], pool.Map(static _ => Names(), [1]));
        }
        finally
        {
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = null;
            CultureInfo.CurrentCulture = before;
            CultureInfo.CurrentUICulture = beforeUI;
        }

        static (string Culture, string UICulture) Names() => (CultureInfo.CurrentCulture.Name, CultureInfo.CurrentUICulture.Name);
    }

    [Fact]
    public void A_culture_that_a_function_sets_is_gone_in_the_next_call()
    {
        using WorkerPool pool = new(1);
        string usual = $"{1.5}";
        pool.Run(static () => { CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE"); });

        Assert.Equal(usual, pool.Run(static () => $"{1.5}"));
    }

    [Fact]
    public void Each_call_has_the_working_directory_of_its_moment()
    {
        string before = Environment.CurrentDirectory;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("작업 ");
        try
        {
            using WorkerPool pool = new(2);
            Assert.All(pool.Map(static _ => Environment.CurrentDirectory, Enumerable.Range(0, 4)), here => Assert.Equal(before, here));
            Environment.CurrentDirectory = folder.FullName;
            Assert.All(pool.Map(static _ => Environment.CurrentDirectory, Enumerable.Range(0, 4)), here => Assert.Equal(Environment.CurrentDirectory, here));
            Assert.Equal(Environment.CurrentDirectory, pool.Run(static () => Environment.CurrentDirectory));
            Environment.CurrentDirectory = before;
            Assert.Equal(before, pool.Run(static () => Environment.CurrentDirectory));
        }
        finally
        {
            // On Windows nobody can delete a folder that is the working directory of a process.
            Environment.CurrentDirectory = before;
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Standard_input_is_empty()
    {
        using WorkerPool pool = new(1);
        Assert.Null(pool.Run(Console.ReadLine));
    }
}
