using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Multiprocessing.Tests.Cells;

/// <summary>Runs cells as a notebook's kernel does: each a submission of Roslyn scripting, an assembly that exists only in memory.</summary>
internal sealed class Notebook(bool withSymbols = false)
{
    private static readonly ScriptOptions Options = ScriptOptions.Default
        .WithLanguageVersion(LanguageVersion.Latest)
        .AddImports(
            "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq", "Multiprocessing")
        .AddReferences(
            typeof(Enumerable).Assembly, typeof(WorkerProcess).Assembly, typeof(Microsoft.CSharp.RuntimeBinder.Binder).Assembly,
            typeof(System.Linq.Expressions.Expression).Assembly, typeof(System.Text.RegularExpressions.Regex).Assembly,
            typeof(System.Numerics.BigInteger).Assembly, Assembly.Load("System.Runtime"), Assembly.Load("System.Collections"));

    private ScriptState<object?>? _state;
    private int _count;

    /// <summary>Runs one cell and gives the value of its last expression; an exception of the cell is thrown here.</summary>
    public async Task<object?> RunAsync(string cell)
    {
        _count++;
        ScriptOptions options = withSymbols
            ? Options.WithEmitDebugInformation(true).WithFilePath($"cell {_count}").WithFileEncoding(System.Text.Encoding.UTF8)
            : Options;

        // The real kernel begins with an empty submission, too.
        _state ??= await CSharpScript.RunAsync<object?>("", Options);
        _state = await _state.ContinueWithAsync<object?>(cell, options);
        return _state.ReturnValue;
    }

    /// <summary>Runs cells one after another and gives the value of the last one.</summary>
    public async Task<object?> RunAsync(params string[] cells)
    {
        object? value = null;
        foreach (string cell in cells)
        {
            value = await RunAsync(cell);
        }

        return value;
    }
}
