using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Multiprocessing.Benchmarks.Measuring;
using Multiprocessing.Benchmarks.Queues;
using Multiprocessing.Benchmarks.Sharing;
using Multiprocessing.Benchmarks.Starting;

Option<bool> againstPython = new("--against-python") { Description = "Measure Python's multiprocessing in the same run." };
Option<string> interpreter = new("--python") { Description = "The Python to compare with.", DefaultValueFactory = static _ => "python3" };
Option<bool> quick = new("--quick") { Description = "Fewer runs: under a minute, and coarser." };
Option<FileInfo?> json = new("--json") { Description = "Also write the rows to this file." };
RootCommand root = new("Measures Multiprocessing, side by side with Python's multiprocessing.") { againstPython, interpreter, quick, json };
root.SetAction(async (arguments, cancellationToken) =>
{
    int runs = arguments.GetValue(quick) ? 7 : 25;
    PythonPeer? python = arguments.GetValue(againstPython) ? new PythonPeer(arguments.GetValue(interpreter)!) : null;
    try
    {
        IReadOnlyList<Row> rows = [.. await ProcessStart.MeasureAsync(runs, python), .. await SharedMemory.MeasureAsync(runs, python), .. await QueueTransfer.MeasureAsync(runs, python)];
        foreach (Row row in rows)
        {
            string peer = row.Python is { } figure ? figure.ToString("F2", CultureInfo.InvariantCulture) : "-";
            string ratio = row.Ratio is { } times ? times.ToString("F2", CultureInfo.InvariantCulture) : "-";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Name,-64} {row.Ours,12:F2} {peer,12} {row.Unit,-7} {ratio,7}"));
        }

        if (arguments.GetValue(json) is { } file)
        {
            await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(rows, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), cancellationToken);
        }

        return 0;
    }
    catch (InvalidOperationException e)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 1;
    }
});
return await root.Parse(args).InvokeAsync();
