using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookRunner.Kernels.Embedded.Language.Signatures;

/// <summary>What a call may mean, whatever its arguments.</summary>
internal static class CallTargets
{
    /// <summary>Finds the methods, constructors, or indexers, those with the fewest parameters first.</summary>
    public static IReadOnlyList<ISymbol> Of(SyntaxNode call, SemanticModel model)
    {
        IEnumerable<ISymbol> found = call switch
        {
            InvocationExpressionSyntax invocation => Methods(invocation.Expression, model),
            ImplicitObjectCreationExpressionSyntax creation => Constructors(TypeOf(creation, model)),
            ObjectCreationExpressionSyntax creation => Constructors(NamedType(creation.Type, model)),
            PrimaryConstructorBaseTypeSyntax parent => Constructors(NamedType(parent.Type, model)),
            ConstructorInitializerSyntax initializer => Constructors(TypeOf(initializer, model)),
            AttributeSyntax attribute => Constructors(model.GetTypeInfo(attribute).Type),
            ElementAccessExpressionSyntax access => Indexers(TypeOf(access.Expression, model)),
            ElementBindingExpressionSyntax binding => Indexers(binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is { } access ? TypeOf(access.Expression, model) : null),
            ArrayTypeSyntax array => Indexers(AsExpression(array.ElementType, model)),
            _ => [],
        };
        return
        [
            .. found
                // A cell that is run again declares its methods again: the newest one hides those before.
                .DistinctBy(symbol => (symbol is IMethodSymbol method ? method.Arity : 0, string.Join(',', ParametersOf(symbol).Select(parameter => parameter.Type.ToDisplayString()))))
                .Where(symbol => model.IsAccessible(call.SpanStart, symbol))
                .OrderBy(symbol => ParametersOf(symbol).Count),
        ];
    }

    /// <summary>The parameters of a method, a constructor, or an indexer.</summary>
    public static IReadOnlyList<IParameterSymbol> ParametersOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.Parameters,
        IPropertySymbol indexer => indexer.Parameters,
        _ => [],
    };

    private static IEnumerable<ISymbol> Methods(ExpressionSyntax called, SemanticModel model)
    {
        var group = model.GetMemberGroup(called);
        if (group.IsEmpty)
            return TypeOf(called, model) is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } ? [invoke] : [];
        if (called is not MemberAccessExpressionSyntax { Expression: var owner })
            return group;
        // A name may be a type's and a variable's: then both are meant.
        var meaning = model.GetSymbolInfo(owner).Symbol;
        bool isType = meaning is INamespaceOrTypeSymbol;
        bool isBoth = meaning is not null && !isType && meaning.Name == TypeOf(owner, model)?.Name;
        return isBoth ? group : group.Where(method => method.IsStatic == isType || (!isType && method is IMethodSymbol { MethodKind: MethodKind.ReducedExtension }));
    }

    private static ImmutableArray<IMethodSymbol> Constructors(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsStatic: false } made ? made.InstanceConstructors : [];

    private static IEnumerable<ISymbol> Indexers(ITypeSymbol? type)
    {
        var types = new List<ITypeSymbol>();
        for (var each = type; each is not null; each = each.BaseType)
            types.Add(each);
        if (type?.TypeKind == TypeKind.Interface)
            types.AddRange(type.AllInterfaces);
        return types
            .SelectMany(each => each.GetMembers())
            .OfType<IPropertySymbol>()
            .Where(property => property is { IsIndexer: true, IsStatic: false, ExplicitInterfaceImplementations.IsEmpty: true, IsOverride: false });
    }

    private static ITypeSymbol? TypeOf(ExpressionSyntax expression, SemanticModel model) => Known(model.GetTypeInfo(expression).Type);

    // Before all arguments are there, the compiler does not say what a plain new( makes: what stands before it does.
    private static ITypeSymbol? TypeOf(ImplicitObjectCreationExpressionSyntax creation, SemanticModel model)
    {
        var known = Known(model.GetTypeInfo(creation).ConvertedType) ?? Known(model.GetTypeInfo(creation).Type);
        return WithoutNullable(known ?? creation.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } } => NamedType(declaration.Type, model),
            EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => NamedType(property.Type, model),
            AssignmentExpressionSyntax assignment => TypeOf(assignment.Left, model),
            _ => null,
        });
    }

    private static ITypeSymbol? TypeOf(ConstructorInitializerSyntax initializer, SemanticModel model) =>
        initializer.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration && model.GetDeclaredSymbol(declaration) is { } type
            ? initializer.ThisOrBaseKeyword.IsKind(SyntaxKind.ThisKeyword) ? type : type.BaseType
            : null;

    private static ITypeSymbol? NamedType(TypeSyntax name, SemanticModel model) => Known(model.GetTypeInfo(name).Type) ?? Known(model.GetSymbolInfo(name).Symbol as ITypeSymbol);

    private static ITypeSymbol? AsExpression(TypeSyntax name, SemanticModel model) =>
        Known(model.GetSpeculativeTypeInfo(name.SpanStart, SyntaxFactory.ParseExpression(name.ToString()), SpeculativeBindingOption.BindAsExpression).Type);

    private static ITypeSymbol? WithoutNullable(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    private static ITypeSymbol? Known(ITypeSymbol? type) => type is null or { TypeKind: TypeKind.Error } ? null : type;
}
