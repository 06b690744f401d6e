// The SDK of this machine, made into one for .ci/windows: dotnet run .ci/windows-sdk.cs -- FROM TO
// It is IL, nearly all of it, and the same on every system. What is not: much of it is compiled ahead for this one. Windows takes no such file, so that this strips it down to its IL.
using System.Reflection.PortableExecutable;

// Not needed to restore packages, and large.
string[] left = ["DotnetTools", "FSharp", "Containers", "TestHostNetFramework", "bincore"];
string from = args[0], to = args[1];
foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
{
    string name = Path.GetRelativePath(from, file);
    if (name.Split(Path.DirectorySeparatorChar).Any(left.Contains) || name.EndsWith(".resources.dll", StringComparison.Ordinal))
    {
        continue;
    }

    string target = Path.Combine(to, name);
    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
    if (Path.GetExtension(name) is ".dll" && StripToIL(file) is { } image)
    {
        File.WriteAllBytes(target, image);
    }
    else
    {
        File.Copy(file, target, overwrite: true);
    }
}

// Lays out an assembly that was compiled ahead for Linux as one that was not: all of its memory in one section, where its addresses stay as they are, and nothing that leads to compiled code. Null if it is no such assembly.
static byte[]? StripToIL(string file)
{
    byte[] old = File.ReadAllBytes(file);
    using var stream = new MemoryStream(old);
    using var pe = new PEReader(stream);
    // The number of the processor (AMD64), with that of the system in it.
    const ushort amd64OfLinux = (ushort)Machine.Amd64 ^ 0x7B79;
    if (pe.PEHeaders.CorHeader is not { } cor || (ushort)pe.PEHeaders.CoffHeader.Machine != amd64OfLinux)
    {
        return null;
    }

    const int page = 0x1000, sectionSize = 40, directorySize = 8;
    PEHeaders headers = pe.PEHeaders;
    int start = headers.PEHeaderStartOffset, coff = headers.CoffHeaderStartOffset, directories = start + 112;
    int sections = start + headers.CoffHeader.SizeOfOptionalHeader;
    int end = (headers.SectionHeaders.Max(section => section.VirtualAddress + section.VirtualSize) + page - 1) / page * page;
    int headersSize = headers.SectionHeaders.Min(section => section.PointerToRawData);
    var image = new byte[headersSize + end - page];
    old.AsSpan(0, headersSize).CopyTo(image);
    foreach (SectionHeader section in headers.SectionHeaders)
    {
        old.AsSpan(section.PointerToRawData, Math.Min(section.VirtualSize, section.SizeOfRawData)).CopyTo(image.AsSpan(headersSize + section.VirtualAddress - page));
    }

    int corOffset = headersSize + headers.PEHeader!.CorHeaderTableDirectory.RelativeVirtualAddress - page;
    BitConverter.TryWriteBytes(image.AsSpan(corOffset + 16), (uint)((cor.Flags & ~CorFlags.ILLibrary) | CorFlags.ILOnly));
    // ManagedNativeHeader.
    image.AsSpan(corOffset + 64, directorySize).Clear();

    BitConverter.TryWriteBytes(image.AsSpan(coff), (ushort)Machine.Amd64);
    BitConverter.TryWriteBytes(image.AsSpan(coff + 2), (ushort)1);
    BitConverter.TryWriteBytes(image.AsSpan(start + 32), page);
    BitConverter.TryWriteBytes(image.AsSpan(start + 56), end);
    // Left are the resources (2), the symbols (6) and .NET's header (14).
    foreach (int directory in Enumerable.Range(0, 16).Except([2, 6, 14]))
    {
        image.AsSpan(directories + (directory * directorySize), directorySize).Clear();
    }

    Span<byte> header = image.AsSpan(sections, sectionSize);
    image.AsSpan(sections, sectionSize * headers.SectionHeaders.Length).Clear();
    ".text"u8.CopyTo(header);
    BitConverter.TryWriteBytes(header[8..], end - page);
    BitConverter.TryWriteBytes(header[12..], page);
    BitConverter.TryWriteBytes(header[16..], end - page);
    BitConverter.TryWriteBytes(header[20..], headersSize);
    BitConverter.TryWriteBytes(header[36..], (uint)(SectionCharacteristics.ContainsCode | SectionCharacteristics.MemExecute | SectionCharacteristics.MemRead));
    return image;
}
