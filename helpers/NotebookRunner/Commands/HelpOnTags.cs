using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NotebookRunner.Commands;

/// <summary>The help of a verb that runs cells says, after all else, what the tags of a cell change.</summary>
internal sealed class HelpOnTags : SynchronousCommandLineAction
{
    private const string Tags = """
        Tags of a cell (what it should do, and how strictly 'check' and 'run --in-place' compare its outputs; without a tag: to the letter):
          raises-exception  It has to fail, with the text in its metadata's "expected_message".
          any-order         Its lines may come in any order.
          timing            Its measured numbers (those with a decimal point or a unit) may be up to 10 times as large or as small,
                            or differ by 0.5; times count in seconds. Other bounds can be stated in its metadata,
                              "timing": {"factor": 3, "slack": 0.1}
                            or limits in their place, whatever the stored numbers are,
                              "timing": {"min": 0.8, "max": 2}
                            With "whole_numbers": true any whole number counts as a measured one. What the text concludes from some of the
                            numbers - those in lines that contain a text, those with a unit, or both - gets bounds of its own. The first entry that
                            fits a number counts:
                              "timing": {"factor": 10, "where": [{"line": "2 threads", "unit": "x", "min": 1.2}]}
          optional-package  Passed over where its #r "nuget: ..." cannot be restored, as are the cells with this tag after it, unless they
                            ask for packages themselves or name in their metadata what they need,
                              "needs": ["XPlot.Plotly"]

        """;

    private readonly HelpAction _help;
    private readonly IReadOnlyList<Command> _commands;

    /// <param name="help">The help as it is without this.</param>
    /// <param name="commands">The verbs that run cells.</param>
    internal HelpOnTags(HelpAction help, IReadOnlyList<Command> commands)
    {
        _help = help;
        _commands = commands;
    }

    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = _help.Invoke(parseResult);
        if (_commands.Contains(parseResult.CommandResult.Command))
            parseResult.InvocationConfiguration.Output.WriteLine(Tags);
        return exitCode;
    }
}
