using Multiprocessing.Queues;

namespace Multiprocessing.Tests.Queues;

public class QueueCursorTests
{
    [Fact]
    public void A_move_takes_position_and_count_along()
    {
        QueueCursor cursor = default;
        Assert.Equal(default, cursor.Read());
        cursor.Move(new QueuePosition(1, 16), 1);
        cursor.Move(new QueuePosition(2, 0), 0);
        cursor.Move(new QueuePosition(2, 24), 1);
        Assert.Equal(new QueueProgress(new QueuePosition(2, 24), 2), cursor.Own);
        Assert.Equal(cursor.Own, cursor.Read());
    }

    /// <summary>As when chunks go round: the same positions come again and again, and only the count tells that it is not the same moment.</summary>
    [Fact]
    public async Task Who_reads_while_it_moves_gets_a_position_with_its_own_count()
    {
        const int places = 7;
        const int moves = 2_000_000;
        StrongBox cursor = new();
        Task mover = Task.Factory.StartNew(
            () =>
            {
                for (int count = 1; count <= moves; count++)
                {
                    cursor.Value.Move(PositionOf(count), 1);
                }
            },
            TaskCreationOptions.LongRunning);
        long wrong = 0;
        long last = 0;
        while (last < moves)
        {
            QueueProgress progress = cursor.Value.Read();
            wrong += progress.Count < last || (progress.Count > 0 && progress.Position != PositionOf(progress.Count)) ? 1 : 0;
            last = progress.Count;
        }

        await mover;
        Assert.Equal(0, wrong);

        static QueuePosition PositionOf(long count) => new((int)(count % places) + 1, 0);
    }

    private sealed class StrongBox
    {
        public QueueCursor Value;
    }
}
