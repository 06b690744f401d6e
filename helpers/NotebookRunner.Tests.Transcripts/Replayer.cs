using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NotebookRunner.Tests.Transcripts;

/// <summary>
/// Says what a kernel said, and hears only what the client said then: the same commands, each when the kernel got it. Tokens are the client's own.
/// </summary>
/// <param name="transcript">What to say.</param>
/// <param name="report">Where to leave what was wrong with what the client said; empty once all was said.</param>
internal sealed partial class Replayer(string transcript, string report)
{
    private const int WrongCommand = 64;

    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private readonly Stream _output = Console.OpenStandardOutput();

    public int Run()
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        foreach (Entry entry in File.ReadLines(transcript).Select(Entry.Parse))
        {
            switch (entry.Kind)
            {
                case EntryKind.In when Hear(input, entry.Text) is { } difference:
                    File.WriteAllText(report, difference);
                    Console.Error.WriteLine(difference);
                    return WrongCommand;
                case EntryKind.Out:
                    Say($"{Token().Replace(entry.Text, token => _tokens.GetValueOrDefault(token.Value, token.Value))}\n");
                    break;
                case EntryKind.Stray:
                    Say(entry.Text);
                    break;
                case EntryKind.Error:
                    Console.Error.WriteLine(entry.Text);
                    break;
                case EntryKind.Exit:
                    File.WriteAllText(report, "");
                    return int.Parse(entry.Text, CultureInfo.InvariantCulture);
            }
        }

        // This kernel had to be killed.
        File.WriteAllText(report, "");
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    private string? Hear(StreamReader input, string expected)
    {
        if (input.ReadLine() is not { } line)
            return $"the client said nothing instead of {expected}";
        var (theirs, theirToken) = Parse(line);
        var (ours, ourToken) = Parse(expected);
        _tokens[ourToken] = theirToken;
        return JsonNode.DeepEquals(theirs, ours) ? null : $"the client said {line} instead of {expected}";
    }

    private static (JsonNode Command, string Token) Parse(string line)
    {
        JsonNode command = JsonNode.Parse(line)!;
        string token = (string?)command["token"] ?? "";
        command["token"] = null;
        return (command, token);
    }

    private void Say(string text)
    {
        _output.Write(Encoding.UTF8.GetBytes(text));
        _output.Flush();
    }

    // Of a command within the client's command, such as 7.1, the part before the dot.
    [GeneratedRegex("(?<=\"token\":\")[^\".]+")]
    private static partial Regex Token();
}
