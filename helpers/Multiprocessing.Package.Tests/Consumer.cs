namespace Multiprocessing.Package.Tests;

/// <summary>A program of somebody who uses the package, in a folder of its own.</summary>
internal sealed class Consumer(string folder, TestPackage package)
{
    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Writes a file there.</summary>
    public Consumer Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(folder, name), text);
        return this;
    }

    /// <summary>Runs <c>dotnet</c> there.</summary>
    public Task<ProgramResult> DotnetAsync(params string[] arguments) => DotnetCommand.RunAsync(folder, package.Packages, arguments);

    /// <summary>Runs a program of that folder from elsewhere.</summary>
    public Task<ProgramResult> RunAsync(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        DotnetCommand.RunAsync(Path.IsPathRooted(program) ? program : Path.Combine(folder, program), Path.GetTempPath(), package.Packages, environment, arguments);

    /// <summary>Makes a project by a template of the SDK, and adds the package to it, as its README says.</summary>
    public async Task<Consumer> CreateAsync(string template, string program)
    {
        (await DotnetAsync("new", template, "--no-restore")).Succeeded();
        (await DotnetAsync("add", "package", "Multiprocessing", "--version", package.Version)).Succeeded();
        Write("Program.cs", program);
        return this;
    }
}
