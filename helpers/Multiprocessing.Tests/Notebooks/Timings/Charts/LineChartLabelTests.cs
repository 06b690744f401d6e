using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Tests.Notebooks.Timings.Charts;

public class LineChartLabelTests
{
    [Fact]
    public void Labels_with_room_stand_beside_what_they_belong_to() =>
        Assert.Equal([80, 10], LineChart.Place([(90, 20), (20, 20)], top: 0, bottom: 100));

    [Fact]
    public void Labels_that_want_the_same_place_stand_below_each_other_in_their_order() =>
        Assert.Equal([40, 60, 80], LineChart.Place([(50, 20), (50, 20), (51, 20)], top: 0, bottom: 120));

    [Fact]
    public void What_would_be_pushed_over_the_end_pushes_the_others_up() =>
        Assert.Equal([40, 60, 80], LineChart.Place([(95, 20), (96, 20), (97, 20)], top: 0, bottom: 100));

    [Fact]
    public void Without_room_for_all_the_column_ends_later() =>
        Assert.Equal([0, 20, 40], LineChart.Place([(5, 20), (5, 20), (5, 20)], top: 0, bottom: 30));
}
