using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Multiprocessing.Tests.Serialization;

public class FrameworkTypeTests
{
    [Fact]
    public void Time_zones_go_and_those_that_exist_once_exist_once_still()
    {
        Assert.Same(TimeZoneInfo.Utc, RoundTrip.Of(TimeZoneInfo.Utc));
        Assert.Same(TimeZoneInfo.Local, RoundTrip.Of(TimeZoneInfo.Local));
        DateTime summer = new(2024, 7, 1, 12, 0, 0, DateTimeKind.Utc);
        foreach (TimeZoneInfo zone in TimeZoneInfo.GetSystemTimeZones())
        {
            TimeZoneInfo copy = RoundTrip.Of(zone);
            Assert.Equal(zone, copy);
            Assert.Equal(zone.DisplayName, copy.DisplayName);
            Assert.Equal(TimeZoneInfo.ConvertTimeFromUtc(summer, zone), TimeZoneInfo.ConvertTimeFromUtc(summer, copy));
            Assert.True(zone.HasSameRules(copy));
        }

        TimeZoneInfo own = TimeZoneInfo.CreateCustomTimeZone("Mine", TimeSpan.FromHours(3), "My zone", "My standard");
        Assert.Equal((own.Id, own.BaseUtcOffset, own.StandardName), (RoundTrip.Of(own).Id, RoundTrip.Of(own).BaseUtcOffset, RoundTrip.Of(own).StandardName));
    }

    [Fact]
    public void A_stopwatch_goes_on()
    {
        Stopwatch watch = Stopwatch.StartNew();
        Stopwatch copy = RoundTrip.Of(watch);
        Assert.True(copy.IsRunning);
        Assert.True(copy.Elapsed >= TimeSpan.Zero && copy.Elapsed <= watch.Elapsed);
    }

    [Fact]
    public async Task Streams_and_writers_in_memory_go()
    {
        MemoryStream stream = new();
        await stream.WriteAsync(new byte[] { 1, 2, 3, 4 });
        stream.Position = 1;
        _ = await stream.ReadAsync(new byte[1]);
        StringWriter writer = new();
        writer.Write("half ");
        StringReader reader = new("one\ntwo");
        await reader.ReadLineAsync();

        (MemoryStream streamCopy, StringWriter writerCopy, StringReader readerCopy) = RoundTrip.Of((stream, writer, reader));

        Assert.Equal(2, streamCopy.Position);
        Assert.Equal(3, streamCopy.ReadByte());
        streamCopy.Write(new byte[5000]);
        Assert.Equal([1, 2, 3], streamCopy.ToArray()[..3]);
        await writerCopy.WriteAsync("done");
        Assert.Equal("half done", writerCopy.ToString());
        Assert.Equal("two", await readerCopy.ReadLineAsync());
    }

    [Fact]
    public void Memory_goes()
    {
        int[] numbers = [1, 2, 3, 4];
        (Memory<int> memory, int[] array, ReadOnlyMemory<char> text, ArraySegment<int> segment) =
            RoundTrip.Of((numbers.AsMemory(1, 2), numbers, "hello".AsMemory(1, 3), new ArraySegment<int>(numbers, 2, 2)));

        memory.Span[0] = 20;

        Assert.Equal([1, 20, 3, 4], array);
        Assert.Equal("ell", text.ToString());
        Assert.Equal([3, 4], segment);
        ArrayBufferWriter<byte> buffer = new();
        buffer.Write<byte>([1, 2]);
        Assert.Equal([1, 2], RoundTrip.Of(buffer).WrittenSpan.ToArray());
    }

    [Fact]
    public void Xml_goes()
    {
        XNamespace space = "urn:x";
        XDocument document = new(new XElement(space + "root", new XAttribute("a", 1), new XElement("b", "text"), new XComment("c")));

        XDocument copy = RoundTrip.Of(document);

        Assert.Equal(document.ToString(), copy.ToString());
        Assert.Equal("text", copy.Root!.Element("b")!.Value);
        Assert.Same(space + "root", copy.Root.Name);
        Assert.Same(copy, copy.Root.Document);
    }

    [Fact]
    public void Json_goes()
    {
        JsonNode parsed = JsonNode.Parse("""{"a":[1,2.5,"x",null,true,{"b":"한"}]}""")!;
        JsonObject made = new() { ["n"] = 1, ["s"] = "text", ["d"] = 2.5, ["list"] = new JsonArray(1, "two", false, null), ["at"] = DateTime.UnixEpoch, ["m"] = 1.5m };
        using JsonDocument document = JsonDocument.Parse("""{"x":{"y":5}}""");
        made["n"]!.AsValue();

        Assert.Equal(parsed.ToJsonString(), RoundTrip.Of(parsed).ToJsonString());
        JsonObject copy = RoundTrip.Of(made);
        Assert.Equal(made.ToJsonString(), copy.ToJsonString());
        Assert.Equal(1, copy["n"]!.GetValue<int>());
        Assert.Same(copy, copy["list"]!.Parent);
        copy["new"] = "more";
        Assert.Equal("more", (string?)copy["new"]);
        Assert.Equal(5, RoundTrip.Of(document.RootElement).GetProperty("x").GetProperty("y").GetInt32());
        using JsonDocument copiedDocument = RoundTrip.Of(document);
        Assert.Equal(5, copiedDocument.RootElement.GetProperty("x").GetProperty("y").GetInt32());
        _ = parsed["a"]![5]!["b"]!.GetValue<string>();
        Assert.Equal(parsed.ToJsonString(), RoundTrip.Of(parsed).ToJsonString());
    }

    [Fact]
    public void A_json_value_of_a_type_of_one_s_own_goes_as_its_text()
    {
        JsonArray values = new(JsonValue.Create(DayOfWeek.Friday), JsonValue.Create(new Version(1, 2)), JsonValue.Create('x'));

        JsonArray copy = RoundTrip.Of(values);

        Assert.Equal(values.ToJsonString(), copy.ToJsonString());
        Assert.Equal(DayOfWeek.Friday, copy[0].Deserialize<DayOfWeek>());
        Assert.Equal(new Version(1, 2), copy[1].Deserialize<Version>());
        Assert.Equal('x', copy[2]!.GetValue<char>());
    }

    [Fact]
    public void A_json_node_goes_however_deep_it_is_and_is_refused_where_json_has_no_word_for_it()
    {
        JsonNode node = 1;
        for (int i = 0; i < 900; i++)
        {
            node = new JsonArray(node);
        }

        Assert.Equal(node.ToJsonString(), RoundTrip.Of(node).ToJsonString());
        Assert.Contains("JSON", RoundTrip.Refusal(JsonValue.Create(double.NaN)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_json_node_goes_without_what_it_is_part_of_and_keeps_how_it_finds_names()
    {
        JsonObject whole = new(new JsonNodeOptions { PropertyNameCaseInsensitive = true }) { ["Part"] = new JsonArray(1, 2) };

        Assert.Equal("[1,2]", RoundTrip.Of(whole)["PART"]!.ToJsonString());
        Assert.Null(RoundTrip.Of(whole["part"]!).Parent);
    }

    [Fact]
    public void An_address_that_is_to_be_left_as_it_is_goes_as_it_is()
    {
        Uri address = new("http://example.org/%2e%2e/b?q=1", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        Assert.Equal(address.AbsoluteUri, RoundTrip.Of(address).AbsoluteUri);
    }

    [Fact]
    public void Files_and_addresses_go_by_name()
    {
        FileInfo file = new(Environment.ProcessPath!);
        _ = file.Exists;
        Assert.Equal(file.FullName, RoundTrip.Of(file).FullName);
        Assert.Equal(file.Exists, RoundTrip.Of(file).Exists);
        Assert.Equal(file.DirectoryName, RoundTrip.Of(file.Directory!).FullName);
        Assert.Equal("example.org", RoundTrip.Of(new UriBuilder("https://example.org:8080")).Host);
    }
}
