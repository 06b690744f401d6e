using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookRunner.Kernels.Embedded;

namespace Microsoft.DotNet.Interactive;

/// <summary>What every cell can call by its plain name.</summary>
#pragma warning disable IDE1006, CA1052, CA1822 // Names and shape are the real kernel's.
public class Kernel
#pragma warning restore CA1052, CA1822
{
    /// <summary>Shows a value as each of the MIME types; without any, as those that its type prefers.</summary>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => value.Display(mimeTypes);

    /// <summary>Marks a text as HTML, which is shown as it is.</summary>
    public static IHtmlContent HTML(string content) => content.ToHtmlContent();

    /// <summary>Asks the reader for a text.</summary>
    /// <param name="prompt">The question.</param>
    /// <param name="typeHint">What kind of text it is, for instance <c>text</c>, <c>password</c>, <c>file</c>, <c>folder</c>.</param>
    /// <exception cref="InvalidOperationException">There is nobody to ask, or the reader has written nothing.</exception>
    /// <exception cref="OperationCanceledException">The cell was cancelled.</exception>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text")
    {
        var cell = RunningCell.Current ?? CellOutput.Running ?? throw new InvalidOperationException("No cell is running.");
        return cell.Inputs.GetAsync(cell, prompt ?? "", typeHint ?? "text");
    }

    /// <summary>Asks the reader for a password, which is not seen while it is written.</summary>
    /// <param name="prompt">The question.</param>
    /// <exception cref="InvalidOperationException">There is nobody to ask, or the reader has written nothing.</exception>
    /// <exception cref="OperationCanceledException">The cell was cancelled.</exception>
    public static async Task<PasswordString> GetPasswordAsync(string prompt = "") => new(await GetInputAsync(prompt, "password"));

    /// <summary>Adds a style sheet to the page.</summary>
    public static void CSS(string content) => $"<style>{content}</style>".DisplayAs(HtmlFormatter.MimeType);

    /// <summary>Adds a script to the page. Viewers of a stored notebook run none.</summary>
    public static void Javascript(string scriptContent) =>
        $"<script type=\"text/javascript\">{scriptContent}</script>".DisplayAs(HtmlFormatter.MimeType);
}
