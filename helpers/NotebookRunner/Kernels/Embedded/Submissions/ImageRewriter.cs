using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NotebookRunner.Kernels.Embedded.Submissions;

/// <summary>Changes what the compiler has made.</summary>
internal static class ImageRewriter
{
    /// <summary>Changes an assembly and its symbols, and leaves both ready to be read.</summary>
    public static (MemoryStream Image, MemoryStream Symbols) Rewrite((MemoryStream Image, MemoryStream Symbols) code, Action<ModuleDefinition> change)
    {
        var (image, symbols) = code;
        image.Position = symbols.Position = 0;
        using var module = ModuleDefinition.ReadModule(image, new ReaderParameters
        {
            ReadSymbols = true,
            SymbolStream = symbols,
            SymbolReaderProvider = new PortablePdbReaderProvider(),
        });
        change(module);
        var newImage = new MemoryStream();
        var newSymbols = new MemoryStream();
        module.Write(newImage, new WriterParameters { WriteSymbols = true, SymbolStream = newSymbols, SymbolWriterProvider = new PortablePdbWriterProvider() });
        // The writer closes what it has written to.
        return (new MemoryStream(newImage.ToArray()), new MemoryStream(newSymbols.ToArray()));
    }

    /// <summary>Changes what the compiler is to see of an assembly.</summary>
    public static byte[] RewriteReference(byte[] image, Action<ModuleDefinition> change)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image));
        change(module);
        var changed = new MemoryStream();
        module.Write(changed);
        return changed.ToArray();
    }
}
