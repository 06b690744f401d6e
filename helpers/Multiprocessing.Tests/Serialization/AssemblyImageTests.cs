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

    [LinuxFact]
    public unsafe void Where_there_is_no_memory_before_the_metadata_there_is_no_image_and_the_process_lives_on()
    {
        nint size = Environment.SystemPageSize;
        byte* pages = (byte*)NativeMemory.AlignedAlloc((nuint)(2 * size), (nuint)size);
        Assert.Equal(0, ProtectMemory((nint)pages, size, rights: 0));
        try
        {
            Assert.Null(AssemblyImage.Find(pages + size + 512, 100));
        }
        finally
        {
            Assert.Equal(0, ProtectMemory((nint)pages, size, ReadAndWrite));
            NativeMemory.AlignedFree(pages);
        }
    }

    private const int ReadAndWrite = 3;

    [DllImport("libc", EntryPoint = "mprotect")]
    private static extern int ProtectMemory(nint start, nint length, int rights);

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
