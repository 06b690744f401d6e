using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text;
using NotebookRunner.Checks;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts;
using NotebookRunner.Handouts.Printing;
using NotebookRunner.Handouts.Scripts;
using NotebookRunner.Jupyter;
using NotebookRunner.Kernels;
using NotebookRunner.Pictures;

namespace NotebookRunner.Commands;

/// <summary>The command line: its verbs and options, and what each of them starts.</summary>
internal static class RunnerCommandLine
{
    private const string Embedded = "embedded";
    private const string DotNetInteractive = "dotnet-interactive";

    private static readonly Argument<string[]> Paths = new("paths")
    {
        Description = "Notebooks, or folders of notebooks. Without any: the folder 'notebooks' here or above.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "The folder for results: executed copies in its 'notebooks', handouts in its 'handouts'. [default: out]",
        HelpName = "DIR",
    };

    private static readonly Option<bool> InPlace = new("--in-place")
    {
        Description = "Also store the new outputs in the notebooks themselves, without what differs from run to run. Not those of a notebook in which a cell had to be passed over whose outputs are stored: they are those of one run.",
    };

    private static readonly Option<string> Kernel = new("--kernel")
    {
        Description = $"The kernel: '{Embedded}', the one inside this program; '{DotNetInteractive}', the installed .NET Interactive tool; "
            + "or the command line of any program that speaks the same protocol on its standard streams.",
        DefaultValueFactory = _ => Embedded,
        HelpName = "KERNEL",
    };

    private static readonly Option<bool> NoHandouts = new("--no-handouts") { Description = "Write executed copies only." };

    private static readonly Option<bool> StaticOnly = new("--static")
    {
        Description = "Look only at what needs no run: source cells, execution counts, ids, languages, the order of keys, the bounds of timing cells, images and links.",
    };

    private static readonly Option<bool> Solutions = new("--solutions")
    {
        Description = "Also run the solutions of the exercises: the C# code that is folded (<details>) in the Markdown.",
    };

    private static readonly Option<string?> Saved = new("--saved")
    {
        Description = "Run nothing: compare a notebook that an editor has run and saved, or a folder of them, with the stored one of the same name; "
            + "or, where both are files, with the one in the path. What editors add is passed over: " + EditorMetadata.Summary + ".",
        HelpName = "FILE",
    };

    private static readonly Option<double> Timeout = new("--timeout")
    {
        Description = "How long one cell may take, in seconds; 0 for as long as it likes.",
        DefaultValueFactory = _ => 600,
        HelpName = "SECONDS",
    };

    private static readonly Option<string?> Plotly = new("--plotly")
    {
        Description = "plotly.min.js, of the version that the charts of the outputs ask for: a browser (as for --pdf) draws each of them with it, and the picture is stored in the output. "
            + $"[default: the file that the environment variable {PlotlyScript.Variable} names, if any]",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Blank = new("--blank") { Description = "Leave out the outputs, with ruled lines for notes in their place." };

    private static readonly Option<bool> OpenSolutions = new("--solutions") { Description = "Unfold what is folded in the text." };

    private static readonly Option<bool> Pdf = new("--pdf")
    {
        Description = $"Also print each page to a PDF file, with Chromium, Chrome or Edge: the one on this machine, or the one that the environment variable {ChromiumProgram.Variable} names.",
    };

    private static readonly Option<string?> Title = new("--title")
    {
        Description = "The title of the whole, or of the one notebook. [default: its own]",
        HelpName = "TEXT",
    };

    private static readonly Option<string[]> Scripts = new("--script")
    {
        Description = "A script, such as plotly-2.28.0.min.js, to put into the pages whose outputs would load one of this name from elsewhere. Can be given several times.",
        HelpName = "FILE",
    };

    private static readonly Option<string> KernelName = new("--name")
    {
        Description = "The name by which notebooks ask for the kernel.",
        DefaultValueFactory = _ => KernelSpec.DefaultName,
        HelpName = "NAME",
    };

    private static readonly Option<string> DisplayName = new("--display-name")
    {
        Description = "The name that users see.",
        DefaultValueFactory = _ => "C# (notebook-runner)",
        HelpName = "TEXT",
    };

    private static readonly Option<string?> DataFolder = new("--data-dir")
    {
        Description = "Jupyter's data folder, for instance share/jupyter of a Python environment. [default: the user's own, as Jupyter itself finds it]",
        HelpName = "DIR",
    };

    private static readonly Option<bool> Replace = new("--replace") { Description = "Take the place of another program's kernel of this name." };

    private static readonly Argument<string> Connection = new("connection-file") { Description = "The file in which Jupyter says where it wants the kernel to listen." };

    /// <summary>Does what the arguments say. Without a verb, that is <c>run</c>.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    internal static async Task<int> InvokeAsync(string[] args)
    {
        if (args is ["kernel", .. var kernelArguments] && kernelArguments is not ["--help" or "-h" or "-?"])
        {
            // The kernel owns its standard streams and reads its own arguments, as the tool that it stands in for does.
            return EmbeddedKernel.Run(kernelArguments);
        }

        Encoding before = Console.OutputEncoding;
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        try
        {
            return await RunAsync(args);
        }
        finally
        {
            // On Windows it is the console's, which others go on to use.
            if (OperatingSystem.IsWindows())
                Console.OutputEncoding = before;
        }
    }

    private static async Task<int> RunAsync(string[] args)
    {
        ParseResult result = BuildRoot().Parse(WithVerb(args));
        if (result.Errors.Count > 0)
        {
            // The parser lists the allowed values one below the other.
            string message = string.Join(' ', result.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            await ErrorLine.WriteAsync($"{message.TrimEnd('.')}. See --help.");
            return ExitCode.InvalidInput;
        }

        try
        {
            return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (InvalidInputException exception)
        {
            await ErrorLine.WriteAsync(exception.Message);
            return ExitCode.InvalidInput;
        }
        catch (IOException exception)
        {
            // Whatever the work itself reads and writes says what it was. What is left is the output of this program: a full disk behind it, for one.
            await ErrorLine.WriteAsync($"Cannot write: {exception.Message}");
            return ExitCode.InvalidInput;
        }
    }

    private static Command BuildRoot()
    {
        var run = new Command("run", "Execute notebooks. This is what happens without a verb.") { Paths, Out, InPlace, Kernel, NoHandouts, Timeout, Plotly };
        run.SetAction(parsed => WithSignalsAsync(new RunCommand(ReadRunOptions(parsed)).RunAsync));

        var check = new Command(
            "check", "Execute notebooks and compare with the stored outputs; find what is missing, doubled or dead. Writes no file.")
        { Paths, Kernel, StaticOnly, Solutions, Saved, Timeout };
        check.SetAction(parsed => ReadSaved(parsed) is { } saved
            ? new SavedCheckCommand(saved, parsed.GetValue(Paths) ?? []).RunAsync()
            : WithSignalsAsync(new CheckCommand(ReadCheckOptions(parsed)).RunAsync));

        var export = new Command("export", "Write HTML handouts from the stored outputs, without running anything.") { Paths, Out, Blank, OpenSolutions, Title, Scripts, Pdf };
        export.SetAction(parsed => WithSignalsAsync(
            new ExportCommand(parsed.GetValue(Paths) ?? [], parsed.GetValue(Out), ReadHandoutOptions(parsed), parsed.GetValue(Pdf)).RunAsync));

        // Handled before parsing; here for the help text.
        var kernel = new Command("kernel", "Be a C# kernel on standard input and output (.NET Interactive's stdio protocol), for an editor or another program.")
        {
            new Option<string?>("--working-dir") { Description = "The folder in which the cells run. What only .NET Interactive knows besides is ignored.", HelpName = "DIR" },
        };

        // Not a RootCommand, which would be called after the file that .NET has started.
        HelpOption help = new();
        help.Action = new HelpOnTags((HelpAction)help.Action!, [run, check]);
        return new Command("notebook-runner", "Runs C# notebooks without an editor, makes handouts of them, and is a kernel for editors and Jupyter.")
        {
            run, check, export, kernel, BuildJupyter(), help, new VersionOption(),
        };
    }

    private static Command BuildJupyter()
    {
        var install = new Command("install", "Make the kernel known to Jupyter, and to the Jupyter extension of VS Code.") { KernelName, DisplayName, DataFolder, Replace };
        install.SetAction(parsed => JupyterCommand.Install(parsed.GetValue(KernelName)!, parsed.GetValue(DisplayName)!, parsed.GetValue(DataFolder), parsed.GetValue(Replace)));
        var uninstall = new Command("uninstall", "Take it away again.") { KernelName, DataFolder };
        uninstall.SetAction(parsed => JupyterCommand.Uninstall(parsed.GetValue(KernelName)!, parsed.GetValue(DataFolder)));
        var serve = new Command("serve", "Be the kernel: this is what Jupyter starts.") { Connection };
        serve.SetAction((parsed, _) => JupyterCommand.ServeAsync(parsed.GetValue(Connection)!));
        return new Command("jupyter", "A C# kernel for Jupyter: install, uninstall, serve.") { install, uninstall, serve };
    }

    private static string[] WithVerb(string[] args) =>
        args is ["run" or "check" or "export" or "kernel" or "jupyter" or "--help" or "-h" or "-?" or "--version", ..] ? args : ["run", .. args];

    private static RunOptions ReadRunOptions(ParseResult parsed) => new()
    {
        Paths = parsed.GetValue(Paths) ?? [],
        Out = parsed.GetValue(Out),
        InPlace = parsed.GetValue(InPlace),
        Handouts = !parsed.GetValue(NoHandouts),
        Painter = ReadPainter(parsed),
        Kernels = ReadKernelOptions(parsed),
    };

    private static ChartPainter? ReadPainter(ParseResult parsed)
    {
        string? option = parsed.GetValue(Plotly);
        if ((option ?? PlotlyScript.Named) is not { } path)
            return null;
        string source = option is null ? PlotlyScript.Variable : Plotly.Name;
        var plotly = PlotlyScript.Load(path, source);
        return new ChartPainter(ChromiumProgram.Find() ?? throw new InvalidInputException(ChromiumProgram.MissingFor(source)), plotly);
    }

    private static CheckOptions ReadCheckOptions(ParseResult parsed) => new()
    {
        Paths = parsed.GetValue(Paths) ?? [],
        StaticOnly = parsed.GetValue(StaticOnly),
        Solutions = parsed.GetValue(Solutions),
        Kernels = ReadKernelOptions(parsed),
    };

    private static string? ReadSaved(ParseResult parsed)
    {
        string? saved = parsed.GetValue(Saved);
        if (saved is null)
            return null;
        return ((Option[])[Kernel, StaticOnly, Solutions, Timeout]).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } other
            ? throw new InvalidInputException($"--saved runs nothing, so it goes without {other.Name}.")
            : saved;
    }

    private static KernelOptions ReadKernelOptions(ParseResult parsed)
    {
        double timeout = parsed.GetValue(Timeout);
        if (!double.IsFinite(timeout) || timeout < 0 || timeout > TimeSpan.FromDays(1).TotalSeconds)
            throw new InvalidInputException("--timeout is a number of seconds from 0 to 86400.");
        return new KernelOptions(KernelNamed(parsed.GetValue(Kernel)!), TimeSpan.FromSeconds(timeout));
    }

    private static HandoutOptions ReadHandoutOptions(ParseResult parsed) => new()
    {
        Blank = parsed.GetValue(Blank),
        Solutions = parsed.GetValue(OpenSolutions),
        Title = parsed.GetValue(Title)?.Trim() is { Length: > 0 } title ? title : null,
        Scripts = [.. (parsed.GetValue(Scripts) ?? []).Select(path => ScriptFile.Load(path))],
    };

    private static Func<string, KernelCommandLine> KernelNamed(string kernel)
    {
        if (kernel == Embedded)
            return _ => KernelCommandLine.Embedded;
        if (kernel == DotNetInteractive)
            return folder => KernelCommandLine.DotNetInteractive(folder);

        // The parser's own splitting: quotes hold a path with spaces together.
        string[] words = [.. CommandLineParser.SplitCommandLine(kernel)];
        return words.Length > 0
            ? _ => new KernelCommandLine(words[0], words[1..])
            : throw new InvalidInputException($"--kernel is '{Embedded}', '{DotNetInteractive}' or a command line.");
    }

    private static async Task<int> WithSignalsAsync(Func<CancellationToken, Task<int>> command)
    {
        using var signals = new TerminationSignals();
        return await command(signals.Token);
    }
}
