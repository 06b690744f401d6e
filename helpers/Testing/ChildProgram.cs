using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Testing;

/// <summary>A program that a test starts. It has nothing to read, writes UTF-8, and does not outlive the test; nor does what it has started, if it has not ended by itself.</summary>
internal sealed class ChildProgram : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    /// <param name="start">The program, where it stands, and what it is told.</param>
    /// <param name="limit">How long it may take.</param>
    public ChildProgram(ProcessStartInfo start, TimeSpan limit)
    {
        _limit = limit;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardOutputEncoding = Encoding.UTF8;
        start.StandardErrorEncoding = Encoding.UTF8;
        Process = Process.Start(start)!;
        Process.StandardInput.Close();
        _output = Process.StandardOutput.ReadToEndAsync();
        _error = Process.StandardError.ReadToEndAsync();
    }

    public Process Process { get; }

    /// <summary>Runs one to its end.</summary>
    /// <inheritdoc cref="ChildProgram(ProcessStartInfo, TimeSpan)" path="/param"/>
    /// <inheritdoc cref="WaitAsync" path="/exception"/>
    public static async Task<ProgramResult> RunAsync(ProcessStartInfo start, TimeSpan limit)
    {
        using ChildProgram program = new(start, limit);
        return await program.WaitAsync();
    }

    /// <summary>Waits until it has ended, and nobody that it has left behind holds its output open.</summary>
    /// <exception cref="TimeoutException">That has not come in time.</exception>
    public async Task<ProgramResult> WaitAsync()
    {
        using CancellationTokenSource limit = new(_limit);
        try
        {
            await Process.WaitForExitAsync(limit.Token);
            return new ProgramResult(Process.ExitCode, AsOnUnix(await _output.WaitAsync(limit.Token)), AsOnUnix(await _error.WaitAsync(limit.Token)));
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"{Process.StartInfo.FileName} {string.Join(' ', Process.StartInfo.ArgumentList)} did not end.", e);
        }
    }

    public void Dispose()
    {
        try
        {
            Process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or AggregateException or Win32Exception or ArgumentOutOfRangeException)
        {
            // It has ended by itself; or one of those that it has started has, just now, or cannot be told to be one, as under Wine.
            EndAlone();
        }

        Process.Dispose();
    }

    private void EndAlone()
    {
        try
        {
            Process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }

    private static string AsOnUnix(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
