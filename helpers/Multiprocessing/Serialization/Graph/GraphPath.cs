using System.Globalization;
using System.Reflection;
using Multiprocessing.Serialization.Assemblies;
using Multiprocessing.Serialization.Code;

namespace Multiprocessing.Serialization.Graph;

/// <summary>Describes the way to an object in the words of the source: variables, fields, indexes; not the links that compilers and collections make.</summary>
internal static class GraphPath
{
    public static IEnumerable<string> Describe(IReadOnlyList<Step> steps, int last, IReadOnlyList<object> inlineSteps)
    {
        List<string> names = [.. inlineSteps.Reverse().Select(NameOf).OfType<string>()];
        for (int id = last; id >= 0; id = steps[id].Owner)
        {
            if (NameOf(steps[id].From) is { } name)
            {
                names.Add(name);
            }

            names.AddRange(steps[id].InlineSteps.Reverse().Select(NameOf).OfType<string>());
        }

        names.Reverse();
        return names;
    }

    private static string? NameOf(object? step) => step switch
    {
        string name => name,
        ElementKey key => key.ToString(),
        int index => string.Create(CultureInfo.InvariantCulture, $"[{index}]"),
        FieldInfo field when IsInternal(field) => IsElement(field) ? "element" : null,
        FieldInfo field when field.DeclaringType?.FullName?.StartsWith("System.Tuple`", StringComparison.Ordinal) == true => field.Name["m_".Length..],
        FieldInfo field => GeneratedNames.VariableName(field),
        _ => null,
    };

    /// <summary>What a node of a tree or chain holds; an array's elements are known by their number.</summary>
    private static bool IsElement(FieldInfo field) => field.DeclaringType is { IsValueType: false }
        && field.Name is "<Item>k__BackingField" or "item" or "value" or "_value" or "_key" or "_head";

    /// <summary>The array behind a list, the function behind a call: what the reader of a program does not know is there.</summary>
    private static bool IsInternal(FieldInfo field) =>
        field.DeclaringType is { } type
        && (type.Assembly == typeof(GraphPath).Assembly
            || (KnownAssemblies.IsFramework(type.Assembly) && type.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true));

    /// <summary>How the writer came to an object. A class: collections of value types have no code compiled ahead of time.</summary>
    /// <param name="Owner">The number of the object that refers to it, or -1 for the root.</param>
    /// <param name="From">The field, the index, or the key; null if a reader would not see it.</param>
    /// <param name="InlineSteps">The steps through value types before that one.</param>
    internal sealed record Step(int Owner, object? From, object[] InlineSteps);
}

/// <summary>The place of an element that has a key. The key's text is made for a message only: it may be long, slow, or an error.</summary>
internal sealed class ElementKey(object? key)
{
    private const int LongestText = 40;

    public override string ToString()
    {
        string text;
        try
        {
            text = Convert.ToString(key, CultureInfo.InvariantCulture) ?? "";
        }
#pragma warning disable CA1031 // The key's own code must not hide what the message is about.
        catch (Exception)
#pragma warning restore CA1031
        {
            text = key!.GetType().Name;
        }

        text = text.ReplaceLineEndings(" ");
        return $"[{(text.Length > LongestText ? text[..LongestText] + "…" : text)}]";
    }
}
