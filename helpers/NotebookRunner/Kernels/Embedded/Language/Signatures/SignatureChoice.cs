using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookRunner.Kernels.Embedded.Language.Signatures;

/// <summary>Which of several overloads the arguments written so far fit best, and which parameter is next.</summary>
internal sealed class SignatureChoice(CallSite site, SemanticModel model)
{
    /// <summary>The place of the best one. Of several that fit equally well, the first one, unless the compiler has chosen another.</summary>
    public int Best(IReadOnlyList<ISymbol> targets)
    {
        var chosen = model.GetSymbolInfo(site.Call).Symbol;
        return Enumerable.Range(0, targets.Count)
            .OrderBy(i => Misfits(targets[i]))
            .ThenBy(i => IsSame(targets[i], chosen) ? 0 : 1)
            .ThenByDescending(i => ExactFits(targets[i]))
            .First();
    }

    /// <summary>The place of the parameter that the argument at the place is for.</summary>
    public int ActiveParameter(ISymbol target)
    {
        int count = CallTargets.ParametersOf(target).Count;
        return Math.Clamp(ParameterOf(target, site.Active) ?? site.Active, 0, Math.Max(count - 1, 0));
    }

    private int Misfits(ISymbol target)
    {
        // An argument too many is worse than one of another type, which may yet become another one.
        int misfits = site.Active > 0 && ParameterOf(target, site.Active) is null ? 100 : 0;
        for (int i = 0; i < site.Arguments.Count; i++)
        {
            bool isWritten = site.Arguments[i].Expression is not null || site.Arguments[i].Name is not null;
            if (ParameterOf(target, i) is not { } place)
                misfits += isWritten ? 100 : 0;
            else if (site.Arguments[i].Expression is { } expression
                && model.GetTypeInfo(expression).Type?.TypeKind != TypeKind.Error
                && !Fits(CallTargets.ParametersOf(target)[place], type => model.ClassifyConversion(expression, type).IsImplicit))
                misfits++;
        }

        return misfits;
    }

    private int ExactFits(ISymbol target) => Enumerable.Range(0, site.Arguments.Count).Count(i =>
        site.Arguments[i].Expression is { } expression
        && ParameterOf(target, i) is { } place
        && Fits(CallTargets.ParametersOf(target)[place], type => model.ClassifyConversion(expression, type).IsIdentity));

    // A type that is yet to be inferred may become any.
    private static bool Fits(IParameterSymbol parameter, Func<ITypeSymbol, bool> test) =>
        IsOpen(parameter.Type) || test(parameter.Type) || (parameter.IsParams && ElementOf(parameter.Type) is { } element && (IsOpen(element) || test(element)));

    private static ITypeSymbol? ElementOf(ITypeSymbol collection) => collection switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments: [var element] } => element,
        _ => null,
    };

    private static bool IsOpen(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => IsOpen(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsOpen),
        _ => false,
    };

    private int? ParameterOf(ISymbol target, int argument)
    {
        var parameters = CallTargets.ParametersOf(target);
        if (argument < site.Arguments.Count && site.Arguments[argument].Name is { } name)
        {
            int named = parameters.ToList().FindIndex(parameter => parameter.Name == name);
            return named < 0 ? null : named;
        }

        if (argument < parameters.Count)
            return argument;
        return parameters is [.., { IsParams: true }] ? parameters.Count - 1 : null;
    }

    private static bool IsSame(ISymbol target, ISymbol? chosen) => SymbolEqualityComparer.Default.Equals(Declaration(target), chosen is null ? null : Declaration(chosen));

    private static ISymbol Declaration(ISymbol symbol) => ((symbol as IMethodSymbol)?.ReducedFrom ?? symbol).OriginalDefinition;
}
