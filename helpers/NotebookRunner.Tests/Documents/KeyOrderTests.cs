using System.Text;
using System.Text.Json.Nodes;
using NotebookRunner.Documents;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Documents;

public class KeyOrderTests
{
    // What JSON.stringify gives in VS Code for an object whose keys were put into it in sorted order.
    [Theory]
    [InlineData("""{"min":1,"max":2}""", """{"max":2,"min":1}""")]
    [InlineData("""{"b":[{"z":1,"y":[{"d":null,"c":"x"}]},2],"a":{}}""", """{"a":{},"b":[{"y":[{"c":"x","d":null}],"z":1},2]}""")]
    [InlineData("""{"a":1,"Z":1,"_":1,"가":1,"é":1,"":1}""", """{"":1,"Z":1,"_":1,"a":1,"é":1,"가":1}""")]
    [InlineData("""{"a":1,"10":1,"9":1,"01":1,"-1":1,"4294967295":1,"4294967294":1}""", """{"9":1,"10":1,"4294967294":1,"-1":1,"01":1,"4294967295":1,"a":1}""")]
    [InlineData("""{"\ue000":1,"\ud83d\ude00":1}""", """{"\ud83d\ude00":1,"\ue000":1}""")]
    public void Keys_are_sorted_as_VS_Code_sorts_them(string before, string after)
    {
        JsonNode node = JsonNode.Parse(before)!;

        Assert.NotNull(KeyOrder.FindMisplaced(node));
        KeyOrder.Apply(node);

        Assert.Equal(JupyterJson.Write(JsonNode.Parse(after)!), JupyterJson.Write(node));
        Assert.Null(KeyOrder.FindMisplaced(node));
    }

    [Fact]
    public void The_key_that_stands_too_late_is_named() =>
        Assert.Equal("max", KeyOrder.FindMisplaced(JsonNode.Parse("""[1,{"a":{"x":1},"b":{"min":1,"max":2}},{"d":1,"c":1}]""")));

    [Fact]
    public void Nothing_but_the_order_changes()
    {
        var document = NotebookDocument.Load(Samples.EveryKind);
        string before = document.ToText();

        document.SortKeys();

        Assert.Equal(before, document.ToText());
        var reversed = NotebookDocument.Parse(Encoding.UTF8.GetBytes(JupyterJson.Write(Reversed(JsonNode.Parse(before))!)), "reversed");
        Assert.NotEqual(before, reversed.ToText());
        reversed.SortKeys();
        Assert.Equal(document.ToText(), reversed.ToText());
    }

    private static JsonNode? Reversed(JsonNode? node) => node switch
    {
        JsonObject json => new JsonObject(json.Reverse().Select(entry => KeyValuePair.Create(entry.Key, Reversed(entry.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Reversed)]),
        _ => node?.DeepClone(),
    };
}
