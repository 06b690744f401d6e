using System.Reflection;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Assemblies;

namespace Multiprocessing.Queues;

/// <summary>
/// The assemblies that the items of a queue need. Who enqueues cannot know who will dequeue, and what that process has: so each assembly lies beside the queue, once, and
/// is taken from there by whoever misses it. Thread-safe and process-safe.
/// </summary>
internal sealed class QueueAssemblies(Segment segment, SerializationContext context) : IAssemblyResolver
{
    /// <summary>The version of an assembly's module as text.</summary>
    private const int EndingLength = 32;

    private readonly HashSet<Guid> _left = [];
    private readonly HashSet<string> _taken = [];
    private readonly Lock _gate = new();

    /// <summary>Leaves assemblies for whoever dequeues.</summary>
    /// <exception cref="NotShippableException">The code of one exists only in this process.</exception>
    /// <exception cref="IOException">There is no room for one.</exception>
    public void Leave(IReadOnlyCollection<Assembly> assemblies)
    {
        lock (_gate)
        {
            foreach (Assembly assembly in assemblies)
            {
                Guid version = AssemblyFiles.ModuleOf(assembly);
                if (_left.Contains(version))
                {
                    continue;
                }

                string ending = version.ToString("N");
                if (SegmentParts.Find(segment, ending) is null)
                {
                    PayloadWriter content = new();
                    AssemblyFrame.Of(assembly, context.Notebook).Write(content);
                    SegmentParts.Create(segment, ending, path => Write(path, content));
                }

                _left.Add(version);
            }
        }
    }

    /// <inheritdoc/>
    public Assembly Resolve(AssemblyIdentity identity)
    {
        IAssemblyResolver inner = context.Resolver;
        try
        {
            return inner.Resolve(identity);
        }
        catch (FileNotFoundException) when (TakeAll(inner))
        {
            return inner.Resolve(identity);
        }
    }

    /// <inheritdoc/>
    public void Add(AssemblyFrame assembly) => context.Resolver.Add(assembly);

    /// <summary>Writes a file that is there only when it is whole.</summary>
    private static bool Write(string path, PayloadWriter content)
    {
        string draft = $"{path}.{Guid.NewGuid():N}";
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = content.Length };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream file = new(draft, options))
        {
            file.Write(content.Written.Span);
        }

        File.Move(draft, path, overwrite: true);
        return true;
    }

    /// <summary>Takes all that this process has not taken yet: one may need the others.</summary>
    private bool TakeAll(IAssemblyResolver into)
    {
        bool any = false;
        lock (_gate)
        {
            foreach (string path in SegmentParts.FindAll(segment, EndingLength))
            {
                if (_taken.Add(Path.GetFileName(path)))
                {
                    into.Add(AssemblyFrame.Read(new PayloadReader(File.ReadAllBytes(path))));
                    any = true;
                }
            }
        }

        return any;
    }
}
