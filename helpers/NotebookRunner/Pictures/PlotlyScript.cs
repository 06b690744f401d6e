using System.Text.RegularExpressions;
using NotebookRunner.Documents;
using NotebookRunner.Handouts.Scripts;
using NotebookRunner.Programs;

namespace NotebookRunner.Pictures;

/// <summary>A copy of plotly.js on this machine.</summary>
/// <param name="Script">What it holds.</param>
/// <param name="Version">Which one it is.</param>
internal sealed partial record PlotlyScript(ScriptFile Script, string Version)
{
    /// <summary>The environment variable that names the file, where the command line names none.</summary>
    internal const string Variable = "PLOTLY_JS";

    /// <summary>What the variable names; null if nothing.</summary>
    internal static string? Named => PathVariable.Read(Variable);

    /// <param name="path">The file, by whatever name.</param>
    /// <param name="source">Who names it, for the message.</param>
    /// <exception cref="InvalidInputException">There is no such file, it cannot be read, or it is not plotly.js.</exception>
    internal static PlotlyScript Load(string path, string source)
    {
        var script = ScriptFile.Load(path, source);
        // It says so in the licence at its beginning.
        return NameAndVersion().Match(script.Code) is { Success: true } match
            ? new PlotlyScript(script, match.Groups["version"].Value)
            : throw new InvalidInputException($"{source}: '{path}' is not plotly.js. It is plotly.min.js of the npm package plotly.js-dist-min.");
    }

    /// <summary>Whether a chart asks for this version.</summary>
    /// <param name="address">The address from which its page would load the script: <c>https://cdn.plot.ly/plotly-2.28.0.min.js</c>.</param>
    internal bool IsAskedForBy(string address) => ScriptFile.NameIn(address).StartsWith($"plotly-{Version}.", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A.{0,200}?\bplotly\.js v(?<version>[0-9.]+)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex NameAndVersion();
}
