using NotebookRunner.Kernels.Embedded;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A value as one MIME type, ready to be shown.</summary>
public class FormattedValue
{
    /// <summary>Takes a text that is formatted already.</summary>
    public FormattedValue(string mimeType, string? value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(mimeType);
        MimeType = mimeType;
        Value = value;
    }

    /// <summary>What <see cref="Value"/> is written in.</summary>
    public string MimeType { get; }

    /// <summary>The text.</summary>
    public string? Value { get; }

    /// <summary>Tells a host that the value is there for other ends than being shown.</summary>
    public bool SuppressDisplay { get; set; }

    /// <summary>Formats a value as one MIME type: the one given, or the one that its type prefers.</summary>
    public static FormattedValue CreateSingleFromObject(object? value, string? mimeType = null) =>
        CreateManyFromObject(value, mimeType is null ? [] : [mimeType])[0];

    /// <summary>Formats a value as each of the MIME types; without any, as those that its type prefers.</summary>
    public static IReadOnlyList<FormattedValue> CreateManyFromObject(object? value, params string[] mimeTypes)
    {
        // It would be several times that in memory, for nothing.
        if (value is string { Length: > OutputLimits.MaxValue } text)
            return [new FormattedValue(PlainTextFormatter.MimeType, OutputLimits.Refusal(text.Length))];
        IEnumerable<string> formats = mimeTypes is { Length: > 0 } ? mimeTypes : Formatter.GetPreferredMimeTypesFor(value?.GetType());
        return [.. formats.Select(mimeType => new FormattedValue(mimeType, value.ToDisplayString(mimeType)))];
    }

    /// <inheritdoc/>
    public override string ToString() => $"{MimeType}: {Value}";
}
