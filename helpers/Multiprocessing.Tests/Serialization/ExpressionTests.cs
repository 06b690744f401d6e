using System.Linq.Expressions;

namespace Multiprocessing.Tests.Serialization;

public class ExpressionTests
{
    [Fact]
    public void A_tree_goes_and_compiles_there()
    {
        Expression<Func<int, int, double>> tree = (x, y) => x > y ? Math.Sqrt(x) : y + 0.5;
        Func<int, int, double> copy = RoundTrip.Of(tree).Compile();
        Assert.Equal((3.0, 4.5), (copy(9, 1), copy(1, 4)));
    }

    [Fact]
    public void A_tree_takes_along_the_variables_that_it_reads_and_no_others()
    {
        int number = 5;
        using MemoryStream unused = new();
        Thread thread = Thread.CurrentThread;
        Expression<Func<int>> tree = () => number + 1;
        Func<long> other = () => unused.Length + thread.ManagedThreadId;

        Assert.Equal(6, RoundTrip.Of(tree).Compile()());
        Assert.NotNull(other);
    }

    [Fact]
    public void Trees_of_every_kind_go()
    {
        string prefix = "n";
        Expression<Func<int, object>> make = n => new { Name = prefix + n, List = new List<int> { n, n + 1 }, Array = new[] { n } };
        Expression<Func<int, Func<int, int>>> nested = x => y => x + y;
        Expression<Func<string, IEnumerable<char>>> query = text => text.Where(c => char.IsDigit(c)).OrderBy(c => c);
        ParameterExpression i = Expression.Variable(typeof(int), "i");
        LabelTarget end = Expression.Label(typeof(int));
        Expression<Func<int>> loop = Expression.Lambda<Func<int>>(Expression.Block(
            [i],
            Expression.Assign(i, Expression.Constant(0)),
            Expression.Loop(
                Expression.IfThenElse(Expression.LessThan(i, Expression.Constant(10)), Expression.PreIncrementAssign(i), Expression.Break(end, i)), end)));

        Assert.Contains("n7", RoundTrip.Of(make).Compile()(7).ToString(), StringComparison.Ordinal);
        Assert.Equal(7, RoundTrip.Of(nested).Compile()(3)(4));
        Assert.Equal("12", string.Concat(RoundTrip.Of(query).Compile()("b2a1")));
        Assert.Equal(10, RoundTrip.Of(loop).Compile()());
    }

    [Fact]
    public void A_compiled_tree_is_refused_with_advice()
    {
        Expression<Func<int>> tree = () => 1;
        Assert.Contains("expression tree", RoundTrip.Refusal(tree.Compile()).Message, StringComparison.Ordinal);
        tree.Compile(preferInterpretation: true)();
        Assert.Contains("expression tree", RoundTrip.Refusal(tree.Compile(preferInterpretation: true)).Message, StringComparison.Ordinal);
    }
}
