using System.Buffers.Binary;
using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Assemblies;

namespace Multiprocessing.Serialization.Code;

/// <summary>
/// Recovers the file image of an assembly that was loaded from memory and has no file: a notebook cell's, above all; or whose file is no longer there. Thread-safe.
/// </summary>
/// <remarks>
/// The runtime says where the metadata is (<c>AssemblyExtensions.TryGetRawMetadata</c>). It keeps an image that was loaded from bytes as it was, in file layout,
/// so the image begins before the metadata: at the nearest <c>MZ</c> whose headers say that the metadata is where it is. An image that is laid out for running
/// (one compiled ahead of time is) no longer is a file, and is not recovered. See ECMA-335, II.25 for the layout.
/// </remarks>
internal static unsafe class AssemblyImage
{
    private const int DosHeaderSize = 0x40;
    private const int CoffHeaderOffset = 0x3C;
    private const int CoffHeaderSize = 24;
    private const int SectionHeaderSize = 40;

    /// <summary>How much may lie before the metadata, in bytes. An image with more would be a large program, which is loaded from a file.</summary>
    private const int FarthestStart = 256 << 20;

    private static readonly ConditionalWeakTable<Assembly, byte[]> Recovered = [];

    /// <summary>Tells whether there is an image that can be sent.</summary>
    public static bool IsInMemory(Assembly assembly) => Find(assembly) is not null;

    /// <summary>The image of an assembly without a file.</summary>
    /// <exception cref="NotShippableException">The image is not in memory in file layout (an assembly that is being emitted, say).</exception>
    public static byte[] Of(Assembly assembly) => Find(assembly) ?? throw new NotShippableException(
        $"The code of assembly '{AssemblyNames.Of(assembly)}' cannot be sent to another process: it exists only inside this one. "
        + "Define the function in a cell or in a project.");

    /// <summary>Tells whether the compiler made symbols for an image: it then has a debug directory, which names them.</summary>
    public static bool HasSymbols(byte[] image) => HeadersOf(image)?.PEHeader?.DebugTableDirectory.RelativeVirtualAddress > 0;

    /// <summary>Finds the image whose metadata is at an address; null if it is not in memory in file layout.</summary>
    internal static byte[]? Find(byte* metadata, int metadataLength)
    {
        // In the file the metadata is four-aligned, and the file begins where a page does (II.24.2.1).
        Debug.Assert(((nint)metadata & 3) == 0, "Metadata is four-aligned.");
        using OwnMemory? memory = OwnMemory.TryOpen();
        byte[] page = new byte[OwnMemory.PageSize];
        byte* start = (byte*)((nint)metadata & -OwnMemory.PageSize);
        for (; memory is not null && metadata - start < FarthestStart && memory.TryRead(start, page); start -= page.Length)
        {
            for (int offset = page.Length - 4; offset >= 0; offset -= 4)
            {
                if (page[offset] == 'M' && page[offset + 1] == 'Z' && TryCopy(memory, start + offset, metadata - (start + offset), metadataLength) is { } image)
                {
                    return image;
                }
            }
        }

        return null;
    }

    private static byte[]? Find(Assembly assembly)
    {
        if (!Recovered.TryGetValue(assembly, out byte[]? image)
            && !assembly.IsDynamic && assembly.TryGetRawMetadata(out byte* metadata, out int length) && (image = Find(metadata, length)) is not null)
        {
            Recovered.AddOrUpdate(assembly, image);
        }

        return image;
    }

    /// <summary>The image that begins at <paramref name="start"/>, if one does and its metadata is <paramref name="metadataOffset"/> bytes on.</summary>
    private static byte[]? TryCopy(OwnMemory memory, byte* start, long metadataOffset, int metadataLength)
    {
        long length = Measure(memory, start, metadataOffset);
        if (length < metadataOffset + metadataLength || length > Array.MaxLength)
        {
            return null;
        }

        byte[] image = new byte[length];
        return memory.TryRead(start, image) && HeadersOf(image)?.MetadataStartOffset == metadataOffset ? image : null;
    }

    /// <summary>Where the last section of an image ends in its file; zero if the memory is not the beginning of one whose headers end before the metadata.</summary>
    private static long Measure(OwnMemory memory, byte* start, long metadataOffset)
    {
        Span<byte> dosHeader = stackalloc byte[DosHeaderSize];
        Span<byte> coffHeader = stackalloc byte[CoffHeaderSize];
        if (metadataOffset < DosHeaderSize || !memory.TryRead(start, dosHeader)
            || Int32At(dosHeader, CoffHeaderOffset) is var coffStart && (coffStart < DosHeaderSize || coffStart > metadataOffset - CoffHeaderSize)
            || !memory.TryRead(start + coffStart, coffHeader) || !coffHeader.StartsWith("PE\0\0"u8))
        {
            return 0;
        }

        int sections = coffStart + CoffHeaderSize + UInt16At(coffHeader, 20);
        byte[] headers = new byte[sections + (UInt16At(coffHeader, 6) * SectionHeaderSize)];
        if (headers.Length > metadataOffset || !memory.TryRead(start, headers))
        {
            return 0;
        }

        long end = 0;
        for (int section = sections; section < headers.Length; section += SectionHeaderSize)
        {
            // Its size in the file, and where it begins there.
            end = Math.Max(end, (long)(uint)Int32At(headers, section + 16) + (uint)Int32At(headers, section + 20));
        }

        return end;
    }

    private static PEHeaders? HeadersOf(byte[] image)
    {
        try
        {
            return new PEHeaders(new MemoryStream(image));
        }
        catch (BadImageFormatException)
        {
            // It only looks like one.
            return null;
        }
    }

    private static int UInt16At(ReadOnlySpan<byte> data, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(data[offset..]);

    private static int Int32At(ReadOnlySpan<byte> data, int offset) => BinaryPrimitives.ReadInt32LittleEndian(data[offset..]);
}
