namespace Multiprocessing.Tests.Cells;

public class LambdaTests
{
    [Fact]
    public async Task A_lambda_over_a_variable_of_an_earlier_cell_runs_in_another_process()
    {
        object? result = await new Notebook().RunAsync(
            "var arr = new[] { 5, 10, 15, 20 };",
            "await WorkerProcess.RunAsync(() => (arr.Sum(), Environment.ProcessId))");

        (int sum, int process) = Assert.IsType<(int, int)>(result);
        Assert.Equal(50, sum);
        Assert.NotEqual(Environment.ProcessId, process);
    }
}
