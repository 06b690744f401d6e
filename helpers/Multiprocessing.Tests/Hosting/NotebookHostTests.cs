using Multiprocessing.Hosting;
using Multiprocessing.Notebooks.Display;
using Multiprocessing.Notebooks.Kernel;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Hosting;

[Collection(nameof(NotebookHostTests))]
public class NotebookHostTests
{
    [Fact]
    public void The_kernel_is_asked_without_anybody_setting_it_up() => Assert.IsType<KernelHost>(WorkerHost.Default.Notebook);

    [Fact]
    public void A_public_type_is_shown_by_the_host() => Assert.Equal(typeof(FormatterSource), new TypeFormatterSourceAttribute().FormatterSourceType);

    [Fact]
    public async Task The_host_hears_of_the_workers_of_a_pool_and_of_those_of_single_calls()
    {
        using TestHost test = new();
        using (WorkerPool pool = new(test.Host, 1))
        {
            Assert.Equal(1, pool.Run(static () => 1));
        }

        Assert.Equal(1, test.StartedWorkers);
        using WorkerProcess worker = new(test.Host, static () => { });
        worker.Start();
        await worker.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, test.StartedWorkers);
    }

    [Fact]
    public void A_program_without_notebooks_needs_no_host()
    {
        NoNotebook none = new();

        none.OnWorkerStarting();

        Assert.Equal((false, false, null), (none.Stop.CanBeCanceled, none.RunsCells, none.FormatterSource));
    }
}
