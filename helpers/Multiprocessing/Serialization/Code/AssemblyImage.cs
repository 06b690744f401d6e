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
/// so the image begins before the metadata: at the nearest <c>MZ</c> whose headers say that the metadata is where it is. Windows has an image that is loaded from a file laid out
/// for running, and its sections are put back where they were in the file; but not those of one that was compiled ahead of time, whose code is no longer what it was there, on any system. See ECMA-335, II.25 for the layout.
/// </remarks>
internal static unsafe class AssemblyImage
{
    private const int DosHeaderSize = 0x40;
    private const int CoffHeaderOffset = 0x3C;
    private const int CoffHeaderSize = 24;
    private const int SectionHeaderSize = 40;

    /// <summary>Where the size of an image that is laid out for running stands, behind the PE signature and the COFF header.</summary>
    private const int LaidOutSizeOffset = 56;

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
                if (page[offset] == 'M' && page[offset + 1] == 'Z'
                    && (TryCopy(memory, start + offset, metadata - (start + offset), metadataLength) ?? TryPutBack(memory, start + offset, metadata - (start + offset))) is { } image)
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

    /// <summary>The file of the image that begins at <paramref name="start"/> laid out for running, if one does, has no code but IL, and its metadata is <paramref name="metadataOffset"/> bytes on.</summary>
    private static byte[]? TryPutBack(OwnMemory memory, byte* start, long metadataOffset)
    {
        Span<byte> dosHeader = stackalloc byte[DosHeaderSize];
        Span<byte> sizes = stackalloc byte[CoffHeaderSize + LaidOutSizeOffset + sizeof(int)];
        if (!memory.TryRead(start, dosHeader)
            || Int32At(dosHeader, CoffHeaderOffset) is var coffStart && (coffStart < DosHeaderSize || coffStart > metadataOffset)
            || !memory.TryRead(start + coffStart, sizes) || !sizes.StartsWith("PE\0\0"u8)
            || Int32At(sizes, CoffHeaderSize + LaidOutSizeOffset) is var size && (size <= metadataOffset || size > FarthestStart))
        {
            return null;
        }

        byte[] laidOut = new byte[size];
        if (!memory.TryRead(start, laidOut) || HeadersOf(laidOut, isLaidOut: true) is not { PEHeader: { } head, CorHeader: { } code } headers
            || headers.MetadataStartOffset != metadataOffset || !code.Flags.HasFlag(CorFlags.ILOnly) || code.ManagedNativeHeaderDirectory.Size != 0
            || headers.SectionHeaders.Any(section => section.VirtualAddress + (long)SizeOf(section) > size))
        {
            return null;
        }

        byte[] image = new byte[headers.SectionHeaders.Max(static section => section.PointerToRawData + section.SizeOfRawData)];
        laidOut.AsSpan(0, head.SizeOfHeaders).CopyTo(image);
        PutBackHeaders(image.AsSpan(coffStart), headers);
        foreach (SectionHeader section in headers.SectionHeaders)
        {
            laidOut.AsSpan(section.VirtualAddress, SizeOf(section)).CopyTo(image.AsSpan(section.PointerToRawData));
        }

        return HeadersOf(image) is null ? null : image;

        // The rest of it, here or in the file, is nothing but zeros.
        static int SizeOf(SectionHeader section) => Math.Min(section.VirtualSize, section.SizeOfRawData);
    }

    /// <summary>
    /// Undoes what Windows does to the headers of an image for any processor, which are those of an image for 32 bits, in a process of 64: there they become those for 64 bits, and what would have it call into
    /// the old runtime is taken out - but not the relocations of that call, with which nobody would take the image again.
    /// </summary>
    /// <param name="at">The image from its PE signature on.</param>
    /// <param name="headers">What they are now.</param>
    private static void PutBackHeaders(Span<byte> at, PEHeaders headers)
    {
        Span<byte> optional = at[CoffHeaderSize..];
        int directories = 112;
        if (headers.CoffHeader.Machine == Machine.I386 && headers.PEHeader!.Magic == PEMagic.PE32Plus)
        {
            // Five numbers of 64 bits become such of 32: the address, behind which nothing moves for want of one that only 32 bits have, and four sizes.
            const int sizes = 72;
            const int shorter = 4 * sizeof(int);
            optional.Slice(24, sizeof(int)).CopyTo(optional[28..]);
            optional.Slice(24, sizeof(int)).Clear();
            for (int i = 1; i < 4; i++)
            {
                optional.Slice(sizes + (i * sizeof(long)), sizeof(int)).CopyTo(optional[(sizes + (i * sizeof(int)))..]);
            }

            int end = headers.CoffHeader.SizeOfOptionalHeader + (headers.SectionHeaders.Length * SectionHeaderSize);
            optional[(sizes + (4 * sizeof(long)))..end].CopyTo(optional[(sizes + shorter)..]);
            optional[(end - shorter)..end].Clear();
            BinaryPrimitives.WriteUInt16LittleEndian(optional, (ushort)PEMagic.PE32);
            BinaryPrimitives.WriteUInt16LittleEndian(at[20..], (ushort)(headers.CoffHeader.SizeOfOptionalHeader - shorter));
            directories -= shorter;
        }
        else if (headers.PEHeader!.Magic == PEMagic.PE32)
        {
            directories -= 16;
        }

        if (headers.PEHeader.ImportTableDirectory.Size == 0)
        {
            const int relocations = 5;
            optional.Slice(directories + (relocations * 2 * sizeof(int)), 2 * sizeof(int)).Clear();
        }
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

    private static PEHeaders? HeadersOf(byte[] image, bool isLaidOut = false)
    {
        try
        {
            return new PEHeaders(new MemoryStream(image), image.Length, isLaidOut);
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
