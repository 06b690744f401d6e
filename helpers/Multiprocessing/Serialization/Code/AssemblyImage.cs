using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;
using Multiprocessing.Serialization.Assemblies;

namespace Multiprocessing.Serialization.Code;

/// <summary>
/// Recovers the file image of an assembly that was loaded from memory and has no file: a notebook cell's, above all; or has none any more.
/// </summary>
/// <remarks>
/// The runtime gives out where the metadata lies (<c>AssemblyExtensions.TryGetRawMetadata</c>). An image loaded from bytes
/// is kept as it was, in file layout, so its head lies before the metadata: the nearest <c>MZ</c> whose PE header's CLI header says that
/// the metadata is where it is. See ECMA-335, II.25 for the layout. Thread-safe.
/// </remarks>
internal static unsafe class AssemblyImage
{
    private const int SmallestHead = 0x80;
    private const int DebugDirectory = 6;
    private const int CliDirectory = 14;

    /// <summary>An image with more than this before its metadata would be a large program, not a cell; reading on would be guessing.</summary>
    private const int FarthestHead = 256 << 20;

    private static readonly ConditionalWeakTable<Assembly, byte[]> Recovered = [];

    /// <summary>Tells whether there is an image that can be sent.</summary>
    public static bool IsInMemory(Assembly assembly) => Find(assembly) is not null;

    /// <summary>The image of an assembly without a file.</summary>
    /// <exception cref="NotShippableException">The image is not in memory in file layout (an assembly that is being emitted, say).</exception>
    public static byte[] Of(Assembly assembly) => Find(assembly) ?? throw new NotShippableException(
        $"The code of assembly '{AssemblyNames.Of(assembly)}' cannot be sent to another process: it exists only inside this one. "
        + "Define the function in a cell or in a project.");

    /// <summary>Tells whether the compiler made symbols for an image: it then has a debug directory, which names them.</summary>
    public static bool HasSymbols(ReadOnlySpan<byte> image)
    {
        ReadOnlySpan<byte> optional = image[(BinaryPrimitives.ReadInt32LittleEndian(image[0x3C..]) + 24)..];
        bool wide = BinaryPrimitives.ReadUInt16LittleEndian(optional) == 0x20B;
        return BinaryPrimitives.ReadInt32LittleEndian(optional[((wide ? 112 : 96) + (DebugDirectory * 8))..]) != 0;
    }

    private static byte[]? Find(Assembly assembly)
    {
        if (!Recovered.TryGetValue(assembly, out byte[]? image) && (image = TryRecover(assembly)) is not null)
        {
            Recovered.AddOrUpdate(assembly, image);
        }

        return image;
    }

    private static byte[]? TryRecover(Assembly assembly)
    {
        if (assembly.IsDynamic || !assembly.TryGetRawMetadata(out byte* metadata, out int metadataLength))
        {
            return null;
        }

        // The blob, the string heap and so the metadata itself are four-aligned in the file, and the file is in memory.
        for (long distance = SmallestHead; distance < FarthestHead; distance += 4)
        {
            byte* head = metadata - distance;
            if (*(ushort*)head == 0x5A4D && TryMeasure(head, distance, metadataLength) is { } length)
            {
                return length > 0 ? new ReadOnlySpan<byte>(head, length).ToArray() : null;
            }
        }

        return null;
    }

    /// <summary>
    /// The length of the image at <paramref name="head"/>, if it is one whose metadata lies <paramref name="metadataOffset"/> bytes on. Zero if it lies there
    /// because the image is laid out for running (one compiled ahead of time is): that is no file any more, and there is nothing to be found before it.
    /// </summary>
    private static int? TryMeasure(byte* head, long metadataOffset, int metadataLength)
    {
        int peOffset = *(int*)(head + 0x3C);
        if (peOffset < 0x40 || peOffset > metadataOffset - 24 || *(uint*)(head + peOffset) != 0x0000_4550)
        {
            return null;
        }

        byte* fileHeader = head + peOffset + 4;
        int sectionCount = *(ushort*)(fileHeader + 2);
        int optionalSize = *(ushort*)(fileHeader + 16);
        byte* optional = fileHeader + 20;
        bool wide = *(ushort*)optional == 0x20B;
        byte* cliDirectory = optional + (wide ? 112 : 96) + (CliDirectory * 8);
        byte* sections = optional + optionalSize;
        if (sections + (sectionCount * 40) > head + metadataOffset)
        {
            return null;
        }

        uint cliAddress = *(uint*)cliDirectory;
        if (cliAddress > 0 && cliAddress < metadataOffset + metadataLength && *(uint*)(head + cliAddress + 8) == metadataOffset
            && FileOffset(sections, sectionCount, (uint)metadataOffset) != metadataOffset)
        {
            return 0;
        }

        long cliHeader = FileOffset(sections, sectionCount, cliAddress);
        if (cliHeader < 0 || cliHeader > metadataOffset + metadataLength)
        {
            return null;
        }

        if (FileOffset(sections, sectionCount, *(uint*)(head + cliHeader + 8)) != metadataOffset)
        {
            return null;
        }

        long end = 0;
        for (int i = 0; i < sectionCount; i++)
        {
            byte* section = sections + (i * 40);
            end = Math.Max(end, *(uint*)(section + 20) + (long)*(uint*)(section + 16));
        }

        return end is > 0 and <= int.MaxValue ? (int)end : null;
    }

    private static long FileOffset(byte* sections, int count, uint address)
    {
        for (int i = 0; i < count; i++)
        {
            byte* section = sections + (i * 40);
            uint start = *(uint*)(section + 12);
            uint size = Math.Max(*(uint*)(section + 8), *(uint*)(section + 16));
            if (address >= start && address < start + size)
            {
                return *(uint*)(section + 20) + (address - start);
            }
        }

        return -1;
    }
}
