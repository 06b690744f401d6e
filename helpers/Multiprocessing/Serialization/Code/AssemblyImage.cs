using System.Buffers.Binary;
using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
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
    private const int DebugDirectory = 6;
    private const int CliDirectory = 14;

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
    public static bool HasSymbols(byte[] image) => DirectoryOf(image, DebugDirectory) != 0;

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
        return memory.TryRead(start, image) && MetadataOffsetOf(image) == metadataOffset ? image : null;
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

        byte[] headers = new byte[SectionsStart(coffStart, coffHeader) + (SectionCount(coffHeader) * SectionHeaderSize)];
        if (headers.Length > metadataOffset || !memory.TryRead(start, headers))
        {
            return 0;
        }

        long end = 0;
        foreach (Section section in SectionsOf(headers))
        {
            end = Math.Max(end, section.FileOffset + section.FileSize);
        }

        return end;
    }

    /// <summary>Where the metadata is in an image, by its headers; -1 if they are not those of an assembly.</summary>
    private static long MetadataOffsetOf(byte[] image)
    {
        long cliHeader = FileOffsetOf(image, DirectoryOf(image, CliDirectory));
        return cliHeader >= 0 && cliHeader + 12 <= image.Length ? FileOffsetOf(image, (uint)Int32At(image, (int)cliHeader + 8)) : -1;
    }

    private static long FileOffsetOf(byte[] image, uint address)
    {
        foreach (Section section in SectionsOf(image))
        {
            if (address >= section.Address && address < section.Address + section.FileSize)
            {
                return section.FileOffset + (address - section.Address);
            }
        }

        return -1;
    }

    /// <summary>The address of a directory, relative to the image's; zero if it has none.</summary>
    private static uint DirectoryOf(byte[] image, int directory)
    {
        int optionalHeader = Int32At(image, CoffHeaderOffset) + CoffHeaderSize;
        bool isWide = UInt16At(image, optionalHeader) == 0x20B;
        return (uint)Int32At(image, optionalHeader + (isWide ? 112 : 96) + (directory * 8));
    }

    private static Section[] SectionsOf(byte[] image)
    {
        int coffHeader = Int32At(image, CoffHeaderOffset);
        int start = SectionsStart(coffHeader, image.AsSpan(coffHeader));
        Section[] sections = new Section[SectionCount(image.AsSpan(coffHeader))];
        for (int i = 0; i < sections.Length; i++, start += SectionHeaderSize)
        {
            sections[i] = new Section((uint)Int32At(image, start + 12), (uint)Int32At(image, start + 16), (uint)Int32At(image, start + 20));
        }

        return sections;
    }

    private static int SectionCount(ReadOnlySpan<byte> coffHeader) => UInt16At(coffHeader, 6);

    private static int SectionsStart(int coffHeaderStart, ReadOnlySpan<byte> coffHeader) => coffHeaderStart + CoffHeaderSize + UInt16At(coffHeader, 20);

    private static int UInt16At(ReadOnlySpan<byte> data, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(data[offset..]);

    private static int Int32At(ReadOnlySpan<byte> data, int offset) => BinaryPrimitives.ReadInt32LittleEndian(data[offset..]);

    /// <summary>A part of an image: where it is when the image runs, and where it is in the file.</summary>
    private sealed record Section(long Address, long FileSize, long FileOffset);
}
