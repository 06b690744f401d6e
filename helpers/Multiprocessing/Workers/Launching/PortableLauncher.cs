using System.Diagnostics;
using System.IO.Pipes;
using System.Security.Cryptography;
using Multiprocessing.Connections;

namespace Multiprocessing.Workers.Launching;

/// <summary>
/// Starts workers by what .NET offers on every Unix: <see cref="Process"/>, and a named pipe that only this user can open, with a name that
/// nobody can guess. Used where there is no faster way (macOS); tested on Linux.
/// </summary>
internal sealed class PortableLauncher : WorkerLauncher
{
    /// <summary>Tells the worker the name of the pipe, which follows.</summary>
    public const string PipeArgument = "--pipe";

    private static readonly TimeSpan ConnectionLimit = TimeSpan.FromSeconds(30);

    public override ChildProcess Launch(IReadOnlyDictionary<string, string> environment, string memory, string events, int? processors)
    {
        string name = PipeName();
        NamedPipeServerStream pipe = new(
            name, PipeDirection.InOut, maxNumberOfServerInstances: 1, PipeTransmissionMode.Byte, PipeOptions.CurrentUserOnly | PipeOptions.Asynchronous);
        try
        {
            string[] arguments = [.. Command.ArgumentsIn(Path.GetDirectoryName(events)!), PipeArgument, name, memory, events];
            Process process = StartWithin(ref environment, processors, variables => StartProcess(arguments, variables));
            using CancellationTokenSource connecting = new(ConnectionLimit);
            process.EnableRaisingEvents = true;
            process.Exited += (_, _) => Cancel(connecting);
            try
            {
                pipe.WaitForConnectionAsync(connecting.Token).GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
                string report = process.HasExited ? process.StandardError.ReadToEnd() : "it did not connect in time";
                new PortableProcess(process, pipe) { Environment = environment }.Kill(withChildren: true);
                process.Dispose();
                throw new InvalidOperationException($"A worker process ended before it was ready: {report.Trim()}");
            }

            return new PortableProcess(process, pipe) { Environment = environment };
        }
        catch
        {
            pipe.Dispose();
            throw;
        }
        finally
        {
            // The name is a file; once connected, nobody needs it.
            Directory.Delete(Path.GetDirectoryName(name)!, recursive: true);
        }
    }

    private Process StartProcess(IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
        ProcessStartInfo start = new(Command.Host)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach ((string key, string value) in environment)
        {
            start.Environment[key] = value;
        }

        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    private static string PipeName()
    {
        // 0700 from the start: the folder is what keeps other users out.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mp-");
        return Path.Combine(folder.FullName, RandomNumberGenerator.GetHexString(8, lowercase: true));
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It connected; an exit after that is somebody else's business.
        }
    }
}
