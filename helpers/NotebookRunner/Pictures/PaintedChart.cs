namespace NotebookRunner.Pictures;

/// <summary>What a browser has made of a chart.</summary>
/// <param name="Svg">The drawing; null if there is none.</param>
/// <param name="Problem">Why there is none.</param>
internal sealed record PaintedChart(string? Svg, string? Problem);
