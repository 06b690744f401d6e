using System.Runtime.CompilerServices;
using NotebookRunner.Pictures;
using NotebookRunner.Tests.Handouts.Browsers;

namespace NotebookRunner.Tests.Pictures;

/// <summary>A test that needs a browser and plotly.js (npm), of which nothing is kept in this repository.</summary>
internal sealed class PlotlyFactAttribute : FactAttribute
{
    public PlotlyFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        Skip = BrowserFactAttribute.Reason
            ?? (File.Exists(PlotlyScript.Named) ? null : $"no plotly.js here: npm install plotly.js-dist-min@2.28.0, and name its plotly.min.js in {PlotlyScript.Variable}");
    }
}
