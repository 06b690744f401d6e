using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NotebookRunner.Kernels.Embedded.Submissions;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>Finds the lines of a cell that are meant for the kernel, not for the compiler.</summary>
internal static class CellParser
{
    /// <summary>What the kernel carries out itself.</summary>
    public const string Import = "#!import", Time = "#!time", Who = "#!who", Whos = "#!whos", Workers = "#!workers", KillWorkers = "#!kill-workers",
        Package = "#r nuget", PackageSource = "#i nuget";

    private const string Unknown = "?";

    private static readonly string[] MagicCommands = [Import, Time, Who, Whos, Workers, KillWorkers];
    private static readonly string[] NamesOfCSharp = ["#!csharp", "#!c#", "#!cs"];

    /// <summary>Splits a cell into what has to be done in turn. Packages come first, whatever their place.</summary>
    /// <exception cref="CellFailedException">The cell holds a magic command that we do not know.</exception>
    public static IReadOnlyList<CellPart> Parse(string code)
    {
        // Most cells have no directive at all, and are not parsed twice.
        if (!code.Contains("#!", StringComparison.Ordinal) && !code.Contains("nuget", StringComparison.Ordinal))
            return [new(null, code)];

        var text = SourceText.From(code);
        var packages = new List<CellPart>();
        var parts = new List<CellPart>();
        var pending = new StringBuilder();
        int copied = 0;
        foreach (var (directive, argument, line) in FindDirectives(code, text))
        {
            pending.Append(code, copied, line.Start - copied);
            copied = line.End;
            if (directive == Unknown)
                throw new CellFailedException($"This kernel does not know the magic command '{argument}'. It knows #!csharp, {string.Join(", ", MagicCommands.SkipLast(1))} and {MagicCommands[^1]}.");
            if (directive is Package or PackageSource)
            {
                packages.Add(new(directive, argument));
            }
            else if (MagicCommands.Contains(directive))
            {
                AddCode(parts, pending.ToString());
                pending.Clear().Append('\n', text.Lines.GetLineFromPosition(line.Start).LineNumber);
                parts.Add(new(directive, argument));
            }
        }

        AddCode(parts, pending.Append(code, copied, code.Length - copied).ToString());
        return [.. packages, .. parts];
    }

    /// <summary>A cell's code with spaces for what is not meant for the compiler, so that everything else stays in its place.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="bringsInCode">Whether one of these lines brings in a package or a file.</param>
    public static string BlankDirectives(string code, out bool bringsInCode)
    {
        var blank = new StringBuilder(code);
        bringsInCode = false;
        foreach (var (directive, _, line) in FindDirectives(code, SourceText.From(code)).Where(found => found.Directive != Unknown))
        {
            bringsInCode |= directive is Package or PackageSource or Import;
            blank.Remove(line.Start, line.Length).Insert(line.Start, " ", line.Length);
        }

        return blank.ToString();
    }

    // The line may end in a comment, as that of every directive of C# may.
    private static string Unquote(string argument)
    {
        int end = argument.StartsWith('"') ? argument.IndexOf('"', 1) : -1;
        return end > 0 && argument[(end + 1)..].TrimStart() is "" or ['/', '/', ..] ? argument[1..end] : argument.Trim('"');
    }

    private static void AddCode(List<CellPart> parts, string code)
    {
        if (!string.IsNullOrWhiteSpace(code))
            parts.Add(new(null, code));
    }

    // The compiler's own parser knows a directive from a line of a raw string that looks like one.
    private static IEnumerable<(string Directive, string Argument, TextSpan Line)> FindDirectives(string code, SourceText text)
    {
        var root = CSharpSyntaxTree.ParseText(code, CellSource.ScriptOptions).GetRoot();
        foreach (var trivia in root.DescendantTrivia().Where(trivia => trivia.IsDirective))
        {
            var line = TextSpan.FromBounds(trivia.SpanStart, text.Lines.GetLineFromPosition(trivia.SpanStart).End);
            string[] words = text.ToString(line).Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            string argument = words.Length < 2 ? "" : words[1];
            string quoted = Unquote(argument);
            bool isPackage = quoted.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase);
            if (trivia.GetStructure() is ReferenceDirectiveTriviaSyntax && isPackage)
                yield return (Package, quoted["nuget:".Length..].Trim(), line);
            else if (words[0] == "#i" && isPackage)
                yield return (PackageSource, quoted["nuget:".Length..].Trim(), line);
            else if (MagicCommands.Contains(words[0]))
                yield return (words[0], argument, line);
            else if (NamesOfCSharp.Contains(words[0], StringComparer.OrdinalIgnoreCase))
                yield return ("", argument, line);
            else if (words[0].StartsWith("#!", StringComparison.Ordinal))
                yield return (Unknown, words[0], line);
        }
    }
}
