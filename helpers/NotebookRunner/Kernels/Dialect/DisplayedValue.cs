using NotebookRunner.Kernels.Embedded;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A value that was shown, and can be shown anew in the same place.</summary>
public class DisplayedValue
{
    /// <summary>Stands for a value shown as <paramref name="formattedValues"/>.</summary>
    public DisplayedValue(object? value, IReadOnlyList<FormattedValue> formattedValues)
    {
        ArgumentNullException.ThrowIfNull(formattedValues);
        Value = value;
        FormattedValues = formattedValues;
    }

    /// <summary>What names the place where the value is shown.</summary>
    public string DisplayId { get; } = Guid.NewGuid().ToString();

    /// <summary>Whether <see cref="Update"/> was called.</summary>
    public bool IsUpdated { get; private set; }

    /// <summary>What is shown, by MIME type.</summary>
    public IReadOnlyList<FormattedValue> FormattedValues { get; private set; }

    /// <summary>The value itself.</summary>
    public object? Value { get; private set; }

    // The cell whose outputs it is among.
    internal RunningCell? Cell { get; set; }

    /// <summary>Shows another value in this one's place, by the same MIME types.</summary>
    public void Update(object? updatedValue)
    {
        IsUpdated = true;
        Value = updatedValue;
        FormattedValues = FormattedValue.CreateManyFromObject(updatedValue, [.. FormattedValues.Select(value => value.MimeType)]);
        CellOutput.Display(this);
    }
}
