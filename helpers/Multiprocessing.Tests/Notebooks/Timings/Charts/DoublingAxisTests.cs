using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Tests.Notebooks.Timings.Charts;

public class DoublingAxisTests
{
    [Fact]
    public void Each_doubling_is_a_step_of_the_same_width()
    {
        var axis = new DoublingAxis(1, 8, Start: 100, End: 400);

        Assert.Equal([100, 200, 300, 400], new double[] { 1, 2, 4, 8 }.Select(axis.At));
    }

    [Theory]
    [InlineData(0.7, 5, 0.5, 8)]
    [InlineData(1, 1, 1, 2)]
    [InlineData(1, 8, 1, 8)]
    public void An_axis_goes_from_a_power_of_two_to_another(double least, double most, double from, double to)
    {
        var axis = DoublingAxis.Around(least, most, 0, 1);

        Assert.Equal((from, to), (axis.Least, axis.Most));
    }

    [Theory]
    [InlineData(0.5, 8, new[] { 0.5, 1, 2, 4, 8 })]
    [InlineData(1, 3, new double[] { 1, 2 })]
    [InlineData(1, 1024, new double[] { 1, 4, 16, 64, 256, 1024 })]
    public void Of_many_powers_of_two_1_and_every_so_many_are_named(double least, double most, double[] powers) =>
        Assert.Equal(powers, new DoublingAxis(least, most, 0, 1).Powers(most: 8));
}
