using System.Globalization;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>How much goes to the client in one piece. How much of many pieces is kept, the client decides.</summary>
internal static class OutputLimits
{
    /// <summary>The most characters of a text that are sent at once: so few that none of its copies on the way is a large object, which the garbage collector takes its time with.</summary>
    public const int Piece = 1 << 14;

    /// <summary>The most characters of a value that are sent. More than that no client keeps, nor shows.</summary>
    public const int MaxValue = 50_000_000;

    private const int MaxFailure = 1_000_000;

    /// <summary>A value in each of its forms, as it is sent; in place of one that is too large, a sentence that says so.</summary>
    public static MimeContent[] Apply(IEnumerable<FormattedValue> values)
    {
        MimeContent[] forms = [.. values.Select(value => new MimeContent(value.MimeType, value.Value is { } text ? LineEnds.Unify(text) : null, value.SuppressDisplay))];
        long size = forms.Sum(form => (long)(form.Value?.Length ?? 0));
        return size <= MaxValue ? forms : [new(PlainTextFormatter.MimeType, Refusal(size))];
    }

    /// <summary>What is shown in place of a value that is too large.</summary>
    public static string Refusal(long size) => string.Create(
        CultureInfo.InvariantCulture, $"[A value of {size:N0} characters is not shown, {MaxValue:N0} being the most: show a part of it, or write it to a file.]");

    /// <summary>What is sent of a failure's text: of a long one, the beginning and the end.</summary>
    public static string Shorten(string failure)
    {
        failure = LineEnds.Unify(failure);
        if (failure.Length <= MaxFailure)
            return failure;
        string gap = string.Create(CultureInfo.InvariantCulture, $"\n[{failure.Length - MaxFailure:N0} characters left out]\n");
        return string.Concat(failure.AsSpan(0, MaxFailure / 2), gap, failure.AsSpan(failure.Length - (MaxFailure / 2)));
    }
}
