using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Multiprocessing.Serialization.Code;

namespace Multiprocessing.Tests.Serialization;

/// <summary>Assemblies that exist in memory alone.</summary>
public class AssemblyImageTests
{
    public static TheoryData<string, bool> Kinds
    {
        get
        {
            TheoryData<string, bool> kinds = [];
            foreach (string kind in (string[])["plain", "with symbols", "with symbols inside", "with resources", "64 bit", "large", "optimized", "empty"])
            {
                kinds.Add(kind, false);
                kinds.Add(kind, true);
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_image_of_an_assembly_in_memory_is_found_byte_by_byte(string kind, bool collectible)
    {
        byte[] image = Compile(kind);
        AssemblyLoadContext context = new(null, collectible);
        Assembly loaded = context.LoadFromStream(new MemoryStream(image));

        Assert.True(AssemblyImage.Of(loaded).AsSpan().SequenceEqual(image));
    }

    [Fact]
    public void An_image_that_was_compiled_ahead_of_time_is_found_or_refused_but_never_guessed_at()
    {
        byte[] image = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Multiprocessing.dll"));
        Assembly loaded = new AssemblyLoadContext(null).LoadFromStream(new MemoryStream(image));

        try
        {
            Assert.True(AssemblyImage.Of(loaded).AsSpan().SequenceEqual(image));
        }
        catch (NotShippableException e)
        {
            Assert.Contains("Multiprocessing", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_function_of_an_assembly_in_memory_runs_in_a_worker()
    {
        Assembly loaded = Assembly.Load(Compile("plain"));
        Func<int> function = loaded.GetType("Library.Functions")!.GetMethod("Answer")!.CreateDelegate<Func<int>>();
        object thing = Activator.CreateInstance(loaded.GetType("Library.Thing")!)!;

        Assert.Equal(42, await WorkerProcess.RunAsync(function));
        Assert.Equal("thing 1", await WorkerProcess.RunAsync(thing.ToString!));
        Assert.Same(thing.GetType(), (await WorkerProcess.RunAsync(() => thing)).GetType());
    }

    [Fact]
    public async Task Two_assemblies_of_one_name_are_kept_apart_in_workers_of_their_own()
    {
        Func<int>[] functions = [.. new[] { 1, 2 }.Select(number => Assembly.Load(Compile("plain", number)).GetType("Library.Functions")!.GetMethod("Number")!.CreateDelegate<Func<int>>())];

        Assert.Equal(1, await WorkerProcess.RunAsync(functions[0]));
        Assert.Equal(2, await WorkerProcess.RunAsync(functions[1]));
    }

    [Fact]
    public void Two_assemblies_of_one_name_are_one_too_many_for_a_worker_which_lives_on_with_the_first()
    {
        Func<int>[] functions = [.. new[] { 3, 4 }.Select(number => Assembly.Load(Compile("plain", number)).GetType("Library.Functions")!.GetMethod("Number")!.CreateDelegate<Func<int>>())];
        using WorkerPool pool = new(1);

        Assert.Equal(3, pool.Run(functions[0]));
        WorkerException error = Assert.Throws<WorkerException>(() => pool.Run(functions[1]));
        Assert.IsType<FileLoadException>(error.InnerException);
        Assert.Contains("another assembly of the name 'Library'", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, pool.Run(functions[0]));
    }

    [Fact]
    public void An_image_whose_head_for_the_runtime_lies_behind_its_metadata_is_found_byte_by_byte()
    {
        byte[] image = WithCliHeaderAtTheEnd(Compile("plain"));

        Assert.True(AssemblyImage.Of(Assembly.Load(image)).AsSpan().SequenceEqual(image));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with symbols inside")]
    [InlineData("with resources")]
    [InlineData("64 bit")]
    [InlineData("large")]
    public unsafe void An_image_that_is_laid_out_for_running_is_put_back_byte_by_byte(string kind)
    {
        byte[] image = Compile(kind);
        PEHeaders headers = new(new MemoryStream(image));
        nuint size = (nuint)headers.PEHeader!.SizeOfImage;
        byte* memory = (byte*)NativeMemory.AlignedAlloc(size, (nuint)Environment.SystemPageSize);
        try
        {
            LayOut(image, headers, new Span<byte>(memory, (int)size));
            DirectoryEntry metadata = headers.CorHeader!.MetadataDirectory;

            Assert.True(AssemblyImage.Find(memory + metadata.RelativeVirtualAddress, metadata.Size).AsSpan().SequenceEqual(image));
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    [Fact]
    public unsafe void An_image_whose_headers_Windows_has_changed_to_run_it_is_put_back_as_one_that_can_be_loaded()
    {
        byte[] image = Compile("plain", 7);
        PEHeaders headers = new(new MemoryStream(image));
        byte[] memory = GC.AllocateArray<byte>(headers.PEHeader!.SizeOfImage, pinned: true);
        LayOut(image, headers, memory);
        BitConverter.TryWriteBytes(memory.AsSpan(headers.CoffHeaderStartOffset + 16), (ushort)240);
        MakeHeadersLonger(memory.AsSpan(headers.PEHeaderStartOffset), headers.SectionHeaders.Length);
        DirectoryEntry metadata = headers.CorHeader!.MetadataDirectory;
        fixed (byte* start = memory)
        {
            Assembly loaded = Assembly.Load(AssemblyImage.Find(start + metadata.RelativeVirtualAddress, metadata.Size)!);

            Assert.Equal(7, loaded.GetType("Library.Functions")!.GetMethod("Number")!.Invoke(null, null));
        }
    }

    [Fact]
    public unsafe void An_image_that_was_compiled_ahead_of_time_and_is_laid_out_for_running_is_not_put_back()
    {
        byte[] image = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Multiprocessing.dll"));
        PEHeaders headers = new(new MemoryStream(image));
        byte[] memory = GC.AllocateArray<byte>(headers.PEHeader!.SizeOfImage, pinned: true);
        LayOut(image, headers, memory);
        DirectoryEntry metadata = headers.CorHeader!.MetadataDirectory;
        fixed (byte* start = memory)
        {
            byte[]? found = AssemblyImage.Find(start + metadata.RelativeVirtualAddress, metadata.Size);

            // In a file that has its sections where they are in memory, it is in file layout, too.
            Assert.True(found is null || found.AsSpan().SequenceEqual(image));
        }
    }

    [Fact]
    public unsafe void Where_there_is_no_memory_before_the_metadata_there_is_no_image_and_the_process_lives_on()
    {
        nint size = Environment.SystemPageSize;
        byte* pages = (byte*)NativeMemory.AlignedAlloc((nuint)(2 * size), (nuint)size);
        LetRead((nint)pages, size, may: false);
        try
        {
            Assert.Null(AssemblyImage.Find(pages + size + 512, 100));
        }
        finally
        {
            LetRead((nint)pages, size, may: true);
            NativeMemory.AlignedFree(pages);
        }
    }

    private static void LetRead(nint start, nint length, bool may)
    {
        const int readAndWrite = 3, windowsReadAndWrite = 4, windowsNothing = 1;
        if (OperatingSystem.IsWindows())
        {
            Assert.NotEqual(0, ProtectWindowsMemory(start, length, may ? windowsReadAndWrite : windowsNothing, out _));
        }
        else
        {
            Assert.Equal(0, ProtectMemory(start, length, may ? readAndWrite : 0));
        }
    }

    [DllImport("libc", EntryPoint = "mprotect")]
    private static extern int ProtectMemory(nint start, nint length, int rights);

    [DllImport("kernel32", EntryPoint = "VirtualProtect")]
    private static extern int ProtectWindowsMemory(nint start, nint length, int rights, out int before);

    /// <summary>Moves the CLI header to the unused end of the section that it is in.</summary>
    private static byte[] WithCliHeaderAtTheEnd(byte[] image)
    {
        PEHeaders headers = new(new MemoryStream(image));
        SectionHeader section = headers.SectionHeaders[headers.GetContainingSectionIndex(headers.PEHeader!.CorHeaderTableDirectory.RelativeVirtualAddress)];
        int size = headers.PEHeader.CorHeaderTableDirectory.Size;
        int start = (section.VirtualSize + 3) & ~3;
        Assert.InRange(start + size, 0, section.SizeOfRawData);

        byte[] moved = [.. image];
        moved.AsSpan(headers.CorHeaderStartOffset, size).CopyTo(moved.AsSpan(section.PointerToRawData + start));
        int directory = headers.PEHeaderStartOffset + (headers.PEHeader.Magic == PEMagic.PE32 ? 96 : 112) + (14 * 8);
        BitConverter.TryWriteBytes(moved.AsSpan(directory), section.VirtualAddress + start);

        int virtualSize = headers.PEHeaderStartOffset + headers.CoffHeader.SizeOfOptionalHeader + (headers.SectionHeaders.IndexOf(section) * 40) + 8;
        BitConverter.TryWriteBytes(moved.AsSpan(virtualSize), start + size);
        return moved;
    }

    /// <summary>Puts an image into memory as a system does to run it.</summary>
    private static void LayOut(byte[] image, PEHeaders headers, Span<byte> memory)
    {
        memory.Clear();
        image.AsSpan(0, headers.PEHeader!.SizeOfHeaders).CopyTo(memory);
        foreach (SectionHeader section in headers.SectionHeaders)
        {
            image.AsSpan(section.PointerToRawData, section.SizeOfRawData).CopyTo(memory[section.VirtualAddress..]);
        }
    }

    /// <summary>Does to the optional header of an image for 32 bits what Windows does in a process of 64. Seen in Wine, which does as Windows does.</summary>
    private static void MakeHeadersLonger(Span<byte> optional, int sections)
    {
        const int sizes = 72;
        Span<byte> old = optional[..(224 + (sections * 40))].ToArray();
        BitConverter.TryWriteBytes(optional, (ushort)PEMagic.PE32Plus);
        old[88..].CopyTo(optional[104..]);
        for (int i = 0; i < 4; i++)
        {
            BitConverter.TryWriteBytes(optional[(sizes + (i * 8))..], (long)BitConverter.ToInt32(old[(sizes + (i * 4))..]));
        }

        BitConverter.TryWriteBytes(optional[24..], (long)BitConverter.ToInt32(old[28..]));

        // The entry, imports and addresses of imports.
        optional.Slice(16, 4).Clear();
        optional.Slice(112 + (1 * 8), 8).Clear();
        optional.Slice(112 + (12 * 8), 8).Clear();
    }

    private static byte[] Compile(string kind, int number = 0)
    {
        string filler = kind == "large"
            ? string.Concat(Enumerable.Range(0, 500).Select(i => $"public static string F{i}(int x) => \"text {i} MZ\" + (x + {i}L);"))
            : "";
        string code = kind == "empty" ? "" : $$"""
            namespace Library;
            public static class Functions { public static int Answer() => new Thing().Number * 42; public static int Number() => {{number}}; {{filler}} }
            public class Thing { public int Number = 1; public override string ToString() => "thing " + Number; }
            """;
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Library",
            [CSharpSyntaxTree.ParseText(code, encoding: System.Text.Encoding.UTF8, path: "library.cs")],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location), MetadataReference.CreateFromFile(Assembly.Load("System.Runtime").Location)],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                platform: kind == "64 bit" ? Platform.X64 : Platform.AnyCpu,
                optimizationLevel: kind == "optimized" ? OptimizationLevel.Release : OptimizationLevel.Debug));
        using MemoryStream image = new();
        using MemoryStream symbols = new();
        byte[] resource = new byte[100_000];
        new Random(1).NextBytes(resource);
        EmitResult result = compilation.Emit(
            image,
            kind == "with symbols" ? symbols : null,
            manifestResources: kind == "with resources" ? [new ResourceDescription("r", () => new MemoryStream(resource), true)] : null,
            options: kind.StartsWith("with symbols", StringComparison.Ordinal)
                ? new EmitOptions(debugInformationFormat: kind == "with symbols" ? DebugInformationFormat.PortablePdb : DebugInformationFormat.Embedded)
                : null);
        Assert.True(result.Success);
        return image.ToArray();
    }
}
