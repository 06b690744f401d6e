using System.Text;

namespace Multiprocessing.Workers.Launching.Windows;

/// <summary>A command as Windows passes it on: one string, which the program splits again, by the rules of <c>CommandLineToArgvW</c> and of C.</summary>
internal static class CommandLine
{
    /// <summary>Joins a program and its arguments.</summary>
    /// <param name="program">Its path; it cannot contain quotation marks.</param>
    /// <param name="arguments">Any text without a zero.</param>
    public static string Join(string program, IEnumerable<string> arguments)
    {
        // In the first part, up to the second quotation mark, a backslash is a backslash.
        StringBuilder line = new();
        line.Append('"').Append(program).Append('"');
        foreach (string argument in arguments)
        {
            line.Append(' ');
            Append(line, argument);
        }

        return line.ToString();
    }

    private static void Append(StringBuilder line, string argument)
    {
        if (argument.Length > 0 && argument.AsSpan().IndexOfAny(" \t\n\v\"") < 0)
        {
            line.Append(argument);
            return;
        }

        line.Append('"');
        int backslashes = 0;
        foreach (char c in argument)
        {
            if (c == '"')
            {
                // Those before a quotation mark are doubled, and one more says that it ends nothing.
                line.Append('\\', backslashes + 1);
            }

            backslashes = c == '\\' ? backslashes + 1 : 0;
            line.Append(c);
        }

        line.Append('\\', backslashes).Append('"');
    }
}
