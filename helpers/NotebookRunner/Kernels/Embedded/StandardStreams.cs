using System.IO.Pipes;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>
/// Keeps the protocol's two streams out of reach of the cells' code. Whoever uses the process's standard input and output after
/// this, be it native code or another process, finds an empty input, and an output that becomes <see cref="Stray"/>.
/// </summary>
internal sealed class StandardStreams
{
    private StandardStreams(Stream commands, Stream events, StrayOutput stray)
    {
        Commands = commands;
        Events = events;
        Stray = stray;
    }

    /// <summary>What was standard input.</summary>
    public Stream Commands { get; }

    /// <summary>What was standard output.</summary>
    public Stream Events { get; }

    /// <summary>What is standard output now.</summary>
    public StrayOutput Stray { get; }

    /// <summary>Takes the streams. Call it once, before anything else touches them.</summary>
    public static StandardStreams Take()
    {
        bool isWindows = OperatingSystem.IsWindows();
        var pipe = new AnonymousPipeServerStream(PipeDirection.In, isWindows ? HandleInheritability.Inheritable : HandleInheritability.None);
        var (commands, events) = isWindows
            ? WindowsStandardStreams.Replace(pipe.ClientSafePipeHandle)
            : UnixStandardStreams.Replace(pipe.ClientSafePipeHandle);
        var writeEnd = new AnonymousPipeClientStream(PipeDirection.Out, pipe.ClientSafePipeHandle);
        return new(commands, events, new StrayOutput(pipe, writeEnd));
    }

    /// <summary>Writes to the process's standard error, which stays what it was: the runtime says there why it dies.</summary>
    /// <returns>False if nobody reads it.</returns>
    public static bool WriteError(ReadOnlySpan<byte> bytes)
    {
        if (!OperatingSystem.IsWindows())
            return UnixStandardStreams.WriteError(bytes);
        try
        {
            using var stream = Console.OpenStandardError();
            stream.Write(bytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Makes native code's <c>printf</c> write what it holds back.</summary>
    public static void FlushNative()
    {
        if (!OperatingSystem.IsWindows())
            UnixStandardStreams.Flush();
    }
}
