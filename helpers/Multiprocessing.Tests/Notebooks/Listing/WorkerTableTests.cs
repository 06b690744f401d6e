using System.Text.RegularExpressions;
using Multiprocessing.Notebooks.Listing;
using Multiprocessing.Tests.Notebooks.Timings;

namespace Multiprocessing.Tests.Notebooks.Listing;

public partial class WorkerTableTests
{
    [Theory]
    [InlineData(0, "끝낼 작업 프로세스가 없습니다.")]
    [InlineData(3, "작업 프로세스 3개를 끝냈습니다.")]
    public void How_many_were_ended_is_said(int count, string expected) => Assert.Equal(expected, WorkerCommands.Describe(count));

    [Fact]
    public void A_table_has_a_row_for_each()
    {
        WorkerTable table = new([new(12, "Worker-1", "3", "CalcSquare", 5 << 20, TimeSpan.FromSeconds(1.234)), new(7, "Pool-1.1", null, null, 1536 << 10, TimeSpan.Zero)]);

        Assert.Equal(
            """
            이름      프로세스 번호  셀      하는 일  메모리  CPU 시간
            Worker-1             12   3   CalcSquare  5.0 MB    1.23초
            Pool-1.1              7      기다리는 중  1.5 MB    0.00초
            """,
            Shown.As("text/plain", table));
        Assert.Equal(12, CellPattern().Count(Shown.As("text/html", table)) - 6);
    }

    [Fact]
    public void Without_workers_that_is_said() => Assert.Equal("<p>살아 있는 작업 프로세스가 없습니다.</p>", Shown.As("text/html", new WorkerTable([])));

    [GeneratedRegex("<t[hd][ >]")]
    private static partial Regex CellPattern();
}
