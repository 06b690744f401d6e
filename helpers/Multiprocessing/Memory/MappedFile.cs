using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Multiprocessing.Memory;

/// <summary>A file that is mapped, all of it: memory for every process that maps it. Stays mapped until it is disposed of, or can no longer be reached.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private MappedFile(string path, SafeMemoryMappedViewHandle view, byte* start, long size)
    {
        Path = path;
        View = view;
        Start = start;
        Size = size;
    }

    /// <summary>Where the file was when it was mapped.</summary>
    public string Path { get; }

    public SafeMemoryMappedViewHandle View { get; }

    /// <summary>The memory; page-aligned, zero at first.</summary>
    public byte* Start { get; }

    /// <summary>Its bytes.</summary>
    public long Size { get; }

    /// <summary>Makes a file that only this user can open.</summary>
    /// <exception cref="IOException">There is no room for it, or it exists.</exception>
    public static MappedFile Create(string path, long size)
    {
        MappedFile mapped = Create(path, size, out FileStream file);
        file.Dispose();
        return mapped;
    }

    /// <param name="path">Where.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="file">The file, open still.</param>
    /// <inheritdoc cref="Create(string, long)"/>
    public static MappedFile Create(string path, long size, out FileStream file)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,

            // Reserved at once: a page that cannot be had when it is first touched would end the process.
            PreallocationSize = size,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        file = new FileStream(path, options);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                // Memory, and no document: it is not written to the disk as long as there is room for it in memory, nor indexed.
                File.SetAttributes(file.SafeFileHandle, FileAttributes.Temporary | FileAttributes.NotContentIndexed);
            }

            return Map(file.SafeFileHandle, path, size);
        }
        catch
        {
            file.Dispose();
            SegmentSweep.Delete(path);
            throw;
        }
    }

    /// <summary>Maps a file that is there.</summary>
    /// <returns>Null if it is not.</returns>
    public static MappedFile? TryOpen(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return Map(file.SafeFileHandle, path, file.Length);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Dispose() => View.Dispose();

    /// <summary>Maps a file that is open, and stays so.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="size">Its bytes, of which there must be some.</param>
    public static MappedFile Map(SafeFileHandle file, string path, long size)
    {
        using MemoryMappedFile mapping = MemoryMappedFile.CreateFromFile(
            file, null, size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);

        // Not disposed of: that would flush it to the disk. The handle alone keeps the memory mapped; the file need not stay open.
        MemoryMappedViewAccessor accessor = mapping.CreateViewAccessor(0, size, MemoryMappedFileAccess.ReadWrite);
        SafeMemoryMappedViewHandle view = accessor.SafeMemoryMappedViewHandle;
        return new MappedFile(path, view, (byte*)view.DangerousGetHandle() + accessor.PointerOffset, size);
    }
}
