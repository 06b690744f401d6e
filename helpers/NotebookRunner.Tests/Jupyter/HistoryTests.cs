using NotebookRunner.Jupyter;
using NotebookRunner.Jupyter.Messages;

namespace NotebookRunner.Tests.Jupyter;

public class HistoryTests
{
    private readonly History _history = new();

    public HistoryTests()
    {
        foreach (var (code, number) in ((string, int)[])[("var a = 1;", 1), ("a", 2), ("var b = 2;", 3), ("a", 4)])
            _history.Add(number, code);
    }

    [Fact]
    public void The_last_ones() => Assert.Equal("""[[0,3,"var b = 2;"],[0,4,"a"]]""", Find(new("tail", N: 2)));

    [Fact]
    public void Those_of_a_range() => Assert.Equal("""[[0,2,"a"],[0,3,"var b = 2;"]]""", Find(new("range", Start: 2, Stop: 4)));

    [Fact]
    public void Of_an_earlier_session_there_are_none() => Assert.Equal("[]", Find(new("range", Session: -1)));

    [Fact]
    public void Those_that_fit_a_pattern() => Assert.Equal("""[[0,1,"var a = 1;"],[0,3,"var b = 2;"]]""", Find(new("search", Pattern: "var*", N: 10)));

    [Fact]
    public void Equal_ones_once() => Assert.Equal("""[[0,4,["a",null]]]""", Find(new("search", Output: true, Pattern: "a", Unique: true)));

    private string Find(HistoryRequest request) => _history.Find(request).ToJsonString();
}
