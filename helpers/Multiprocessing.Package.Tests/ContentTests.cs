using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Multiprocessing.Package.Tests;

/// <summary>What is in the package.</summary>
[Collection(nameof(TestPackage))]
public class ContentTests(TestPackage package)
{
    private const int Long = 600_000;

    [Fact(IsLong = true, Timeout = Long)]
    public async Task It_needs_no_other_package_and_has_what_a_reader_of_the_gallery_looks_for()
    {
        using ZipArchive archive = ZipFile.OpenRead(await package.FileAsync());
        using Stream file = archive.GetEntry("Multiprocessing.nuspec")!.Open();
        XElement metadata = XDocument.Load(file).Root!.Elements().Single();
        string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.DoesNotContain(metadata.Descendants(), static element => element.Name.LocalName == "dependency");
        Assert.Equal(TestPackage.DotNetInteractive is not null, archive.GetEntry("interactive-extensions/dotnet/Multiprocessing.Interactive.dll") is not null);
        Assert.All(["README.md", "icon.png", "lib/net10.0/Multiprocessing.dll", "lib/net10.0/Multiprocessing.xml", "buildTransitive/Multiprocessing.targets"], name => Assert.NotNull(archive.GetEntry(name)));
    }

    [Fact(IsLong = true, Timeout = Long)]
    public async Task Code_compiled_ahead_of_time_is_the_same_assembly_with_native_code_in_it()
    {
        using ZipArchive archive = ZipFile.OpenRead(await package.FileAsync());
        (Guid module, Machine machine, bool isNative) = Look(archive.GetEntry("lib/net10.0/Multiprocessing.dll")!);
        Assert.Equal((Machine.I386, false), (machine, isNative));

        ZipArchiveEntry[] compiled = [.. archive.Entries.Where(static entry => entry.FullName.StartsWith("runtimes/", StringComparison.Ordinal))];
        Assert.Equal(
            ["runtimes/linux-arm64/lib/net10.0/Multiprocessing.dll", "runtimes/linux-x64/lib/net10.0/Multiprocessing.dll", "runtimes/win-x64/lib/net10.0/Multiprocessing.dll"],
            compiled.Select(static entry => entry.FullName).Order(StringComparer.Ordinal));
        Assert.All(compiled, entry => Assert.Equal((module, true), (Look(entry).Module, Look(entry).IsNative)));
    }

    [Fact(IsLong = true, Timeout = Long)]
    public async Task The_symbols_are_those_of_the_assembly_and_every_source_can_be_had()
    {
        using ZipArchive archive = ZipFile.OpenRead(await package.FileAsync());
        using ZipArchive symbolArchive = ZipFile.OpenRead(await package.FileAsync("snupkg"));
        using PEReader assembly = new(Read(archive.GetEntry("lib/net10.0/Multiprocessing.dll")!));
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(Read(symbolArchive.GetEntry("lib/net10.0/Multiprocessing.pdb")!));
        MetadataReader symbols = provider.GetMetadataReader();
        CodeViewDebugDirectoryData codeView = assembly.ReadCodeViewDebugDirectoryData(assembly.ReadDebugDirectory().Single(static entry => entry.Type == DebugDirectoryEntryType.CodeView));
        Assert.Equal(codeView.Guid, new BlobContentId(symbols.DebugMetadataHeader!.Id).Guid);

        // Embedded, or under the address that Source Link gives.
        Guid embedded = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE"), sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
        HashSet<Guid> OfDocument(DocumentHandle document) =>
            [.. symbols.GetCustomDebugInformation(document).Select(info => symbols.GetGuid(symbols.GetCustomDebugInformation(info).Kind))];
        bool isLinked = symbols.GetCustomDebugInformation(EntityHandle.ModuleDefinition).Any(info => symbols.GetGuid(symbols.GetCustomDebugInformation(info).Kind) == sourceLink);
        Assert.All(symbols.Documents, document =>
        {
            string name = symbols.GetString(symbols.GetDocument(document).Name);
            Assert.StartsWith("/_/", name, StringComparison.Ordinal);
            Assert.True(isLinked || OfDocument(document).Contains(embedded), name);
        });
    }

    private static MemoryStream Read(ZipArchiveEntry entry)
    {
        MemoryStream content = new();
        using Stream stream = entry.Open();
        stream.CopyTo(content);
        content.Position = 0;
        return content;
    }

    /// <summary>Code for any processor says that it is for I386.</summary>
    private static (Guid Module, Machine Machine, bool IsNative) Look(ZipArchiveEntry entry)
    {
        using PEReader file = new(Read(entry));
        MetadataReader metadata = file.GetMetadataReader();
        return (metadata.GetGuid(metadata.GetModuleDefinition().Mvid), file.PEHeaders.CoffHeader.Machine, file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0);
    }
}
