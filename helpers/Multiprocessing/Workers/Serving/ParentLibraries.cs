using System.Reflection;
using Multiprocessing.Connections;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Assemblies;

namespace Multiprocessing.Workers.Serving;

/// <summary>
/// Asks the parent for what this process does not find by itself. Only the parent knows: a notebook's kernel has put packages somewhere, a program's host has read a list of files, a plug-in has a
/// load context of its own. Thread-safe.
/// </summary>
internal sealed class ParentLibraries(FrameSender sender)
{
    private readonly Dictionary<int, TaskCompletionSource<LibraryAnswer>> _asked = [];
    private int _lastNumber;

    /// <summary>The thread that takes the answers, which must therefore not ask itself; null as long as there are no answers.</summary>
    public Thread? Receiver { get; set; }

    /// <summary>The assembly, as it is sent.</summary>
    /// <param name="name">Its full name.</param>
    /// <param name="requester">The assembly whose code needs it; null if the runtime does not say.</param>
    /// <returns>Null if the parent does not find it either.</returns>
    /// <exception cref="FileLoadException">The parent has it, and cannot send it.</exception>
    public AssemblyFrame? FindAssembly(string name, Assembly? requester) => Ask(name, requester, isNative: false)?.Assembly;

    /// <summary>The path of the native library; null if the parent does not find it either.</summary>
    /// <param name="name">The name, as the code has it.</param>
    /// <param name="requester">The assembly whose code needs it.</param>
    public string? FindNative(string name, Assembly requester) => Ask(name, requester, isNative: true)?.NativePath;

    /// <summary>Takes an answer.</summary>
    public void Take(byte[] payload)
    {
        LibraryAnswer answer = LibraryAnswer.Read(new PayloadReader(payload));
        lock (_asked)
        {
            if (_asked.Remove(answer.Number, out TaskCompletionSource<LibraryAnswer>? waiting))
            {
                waiting.SetResult(answer);
            }
        }
    }

    private LibraryAnswer? Ask(string name, Assembly? requester, bool isNative)
    {
        if (Receiver is not { } receiver || receiver == Thread.CurrentThread)
        {
            return null;
        }

        TaskCompletionSource<LibraryAnswer> waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LibraryRequest request;
        lock (_asked)
        {
            request = new LibraryRequest(++_lastNumber, name, requester is { IsDynamic: false } ? AssemblyFiles.ModuleOf(requester) : Guid.Empty, isNative);
            _asked.Add(request.Number, waiting);
        }

        PayloadWriter payload = new();
        request.Write(payload);
        sender.Send(FrameKind.LibraryWanted, payload.Written.Span, []);
        sender.Wake();
        LibraryAnswer answer = waiting.Task.GetAwaiter().GetResult();
        return answer.Refusal is null ? answer : throw new FileLoadException(answer.Refusal);
    }
}
