using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NotebookRunner.Kernels.Embedded.Stopping;

namespace NotebookRunner.Kernels.Embedded.Submissions;

/// <summary>The libraries that cells contain (see <see cref="CellSource"/>). They see the usings of the cells so far, and each other, but not the types that scripts declare.</summary>
internal sealed class CellLibraries
{
    private readonly string _id;
    private readonly Dictionary<string, (int Version, MetadataReference Reference)> _newest = [];
    private readonly HashSet<string> _usings;
    private readonly HashSet<string> _typesOfScripts = [];

    /// <summary>Begins with none.</summary>
    /// <param name="id">What the names of the session's assemblies contain.</param>
    /// <param name="usings">What all cells use.</param>
    public CellLibraries(string id, IEnumerable<string> usings)
    {
        _id = id;
        _usings = [.. usings];
    }

    /// <summary>Takes note of a cell that has been compiled.</summary>
    /// <param name="cell">Its script.</param>
    public void Add(CompilationUnitSyntax cell)
    {
        _usings.UnionWith(cell.Usings.Select(directive => directive.WithoutTrivia().ToString()));
        _typesOfScripts.UnionWith(cell.Members.Select(TypeName).OfType<string>());
    }

    /// <summary>A library, yet to be compiled: the next version of the one that begins with the same type.</summary>
    /// <param name="library">The types.</param>
    /// <param name="cell">The rest of the cell, for its usings.</param>
    /// <param name="path">What stack traces call it.</param>
    /// <param name="references">What cells see.</param>
    /// <param name="options">How cells are compiled.</param>
    public CSharpCompilation Create(CompilationUnitSyntax library, CompilationUnitSyntax cell, string path, IEnumerable<MetadataReference> references, CSharpCompilationOptions options)
    {
        string name = NameOf(library);
        int version = _newest.GetValueOrDefault(name).Version + 1;
        var surroundings = new StringBuilder();
        foreach (string directive in _usings.Concat(cell.Usings.Select(directive => directive.WithoutTrivia().ToString())).Distinct())
            surroundings.Append(CultureInfo.InvariantCulture, $"global {directive}\n");
        surroundings.Append(CultureInfo.InvariantCulture, $"[assembly: System.Reflection.AssemblyVersion(\"{version}.0.0.0\")]");
        return CSharpCompilation.Create(
            name,
            [
                CSharpSyntaxTree.ParseText(surroundings.ToString(), CellSource.LibraryOptions, "usings of the cells", Encoding.UTF8),
                CSharpSyntaxTree.Create(StopFlag.AddTo(library), CellSource.LibraryOptions, path, Encoding.UTF8),
            ],
            [.. references, .. _newest.Where(known => known.Key != name).Select(known => known.Value.Reference)],
            options.WithUsings());
    }

    /// <summary>What a cell sees of a library; null if it does not compile.</summary>
    public static MetadataReference? Draft(CSharpCompilation library)
    {
        var image = new MemoryStream();
        return library.Emit(image).Success ? MetadataReference.CreateFromImage(ImageRewriter.RewriteReference(image.ToArray(), LibraryNames.Publish)) : null;
    }

    /// <summary>Compiles a library and loads it.</summary>
    /// <returns>What the compiler is to see of it.</returns>
    /// <exception cref="CellFailedException">The code is not right.</exception>
    public MetadataReference Load(CSharpCompilation library, CellLoadContext context, StopSignal stop, CancellationToken cancellationToken)
    {
        var tree = library.SyntaxTrees.Last();
        if (tree.GetCompilationUnitRoot(cancellationToken).Members.Select(TypeName).FirstOrDefault(name => name is not null && _typesOfScripts.Contains(name)) is { } hidden)
            throw new CellFailedException($"'{hidden}' has been declared before, by a cell without extension methods and namespaces, and would be hidden by that one. Restart the kernel, or give it another name.");
        var code = CellImage.Emit(
            library,
            errors => FindOutOfReach(errors, tree) is { } type ? $"An extension method, or code in a namespace, cannot use '{type}', which another cell declares: declare it in the same cell." : null,
            cancellationToken);
        var reference = MetadataReference.CreateFromImage(ImageRewriter.RewriteReference(code.Image.ToArray(), LibraryNames.Publish));
        var (newImage, newSymbols) = ImageRewriter.Rewrite(code, module =>
        {
            StopChecks.AddTo(module);
            LibraryNames.Publish(module);
            LibraryNames.ToRuntime(module);
        });
        stop.Add(StopFlag.Of(context.LoadFromStream(newImage, newSymbols), owner: null));
        _newest[library.AssemblyName!] = (library.Assembly.Identity.Version.Major, reference);
        return reference;
    }

    private string? FindOutOfReach(IReadOnlyList<Diagnostic> errors, SyntaxTree tree) => errors
        .Where(error => error.Location.SourceTree == tree)
        .Select(error => tree.GetRoot().FindToken(error.Location.SourceSpan.Start).Text)
        .FirstOrDefault(_typesOfScripts.Contains);

    private static string? TypeName(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => null,
    };

    private string NameOf(CompilationUnitSyntax library)
    {
        var first = library.DescendantNodes().FirstOrDefault(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax) ?? library.Members[0];
        var names = first.AncestorsAndSelf().Reverse().Select(node => node switch
        {
            BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
            MemberDeclarationSyntax member => TypeName(member),
            _ => null,
        });
        return $"{LibraryNames.Prefix}{_id}-{string.Join('.', names.OfType<string>())}";
    }
}
