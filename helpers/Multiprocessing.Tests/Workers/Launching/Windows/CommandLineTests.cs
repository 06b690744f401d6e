using System.Runtime.InteropServices;
using Multiprocessing.Workers.Launching.Windows;

namespace Multiprocessing.Tests.Workers.Launching.Windows;

public partial class CommandLineTests
{
    public static TheoryData<string> Arguments =>
    [
        "", "plain", "two words", @"C:\Program Files\x y", @"C:\folder\", @"C:\a folder\", "\"", "\\\"", @"\\server\share", @"a\\b c\\", "한글 폴더", "tab\tand\nline", "\"quoted\"", "it's", "%PATH%", "a;b&c|d^e", @"x\\""y",
    ];

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("two words", "\"two words\"")]
    [InlineData(@"C:\folder\", @"C:\folder\")]
    [InlineData(@"C:\a folder\", @"""C:\a folder\\""")]
    [InlineData("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [InlineData("\\\"", "\"\\\\\\\"\"")]
    public void An_argument_is_quoted_if_it_must_be(string argument, string expected) => Assert.Equal($"\"p\" {expected}", CommandLine.Join("p", [argument]));

    [Fact]
    public void The_program_is_quoted_whatever_it_is_called() =>
        Assert.Equal(@"""C:\Users\김 철수\.dotnet\dotnet.exe"" exec a", CommandLine.Join(@"C:\Users\김 철수\.dotnet\dotnet.exe", ["exec", "a"]));

    [Theory]
    [MemberData(nameof(Arguments))]
    public void What_is_joined_is_split_again_by_the_rules_that_are_written_down(string argument) =>
        Assert.Equal([@"C:\a b\p.exe", argument, "last"], Split(CommandLine.Join(@"C:\a b\p.exe", [argument, "last"])));

    [WindowsTheory]
    [MemberData(nameof(Arguments))]
    public void What_is_joined_is_split_again_by_Windows(string argument) =>
        Assert.Equal([@"C:\a b\p.exe", argument, "last"], SplitByWindows(CommandLine.Join(@"C:\a b\p.exe", [argument, "last"])));

    /// <summary>What the documentation of CommandLineToArgvW says, and that of C's arguments: 2n backslashes and a quotation mark are n backslashes and an end; 2n + 1 are n and a quotation mark.</summary>
    private static List<string> Split(string line)
    {
        int end = line.IndexOf('"', 1);
        List<string> parts = [line[1..end]];
        for (int i = end + 1; i < line.Length;)
        {
            if (line[i] == ' ')
            {
                i++;
                continue;
            }

            string part = "";
            bool isQuoted = false;
            while (i < line.Length && (isQuoted || line[i] != ' '))
            {
                int backslashes = 0;
                while (i < line.Length && line[i] == '\\')
                {
                    backslashes++;
                    i++;
                }

                bool isMark = i < line.Length && line[i] == '"';
                part += new string('\\', isMark ? backslashes / 2 : backslashes);
                if (isMark && backslashes % 2 == 0)
                {
                    isQuoted = !isQuoted;
                    i++;
                }
                else if (i < line.Length && (isQuoted || isMark || line[i] != ' '))
                {
                    part += line[i++];
                }
            }

            parts.Add(part);
        }

        return parts;
    }

    private static unsafe string[] SplitByWindows(string line)
    {
        char** parts = CommandLineToArguments(line, out int count);
        string[] result = new string[count];
        for (int i = 0; i < count; i++)
        {
            result[i] = new string(parts[i]);
        }

        Marshal.FreeHGlobal((nint)parts);
        return result;
    }

    [LibraryImport("shell32", EntryPoint = "CommandLineToArgvW", StringMarshalling = StringMarshalling.Utf16)]
    private static unsafe partial char** CommandLineToArguments(string line, out int count);
}
