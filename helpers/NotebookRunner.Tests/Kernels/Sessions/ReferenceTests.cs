namespace NotebookRunner.Tests.Kernels.Sessions;

/// <summary>Cells that ask for more code.</summary>
public sealed class ReferenceTests
{
    public static TheoryData<SessionKernel> Kernels => Session.Kernels;

    public static TheoryData<SessionKernel> KernelsThatRestore => RegistryFactAttribute.CanRestore ? Session.Kernels : Session.KernelsWithoutPackages;

    [Theory]
    [MemberData(nameof(Kernels))]
    public Task Assemblies_and_scripts_come_from_the_kernels_folder(SessionKernel kernel) => Session.HoldAsync("references", kernel, static async session =>
    {
        session.Write("Some.dll", File.ReadAllBytes(typeof(Assert).Assembly.Location));
        session.Write("loaded.csx", "int loaded = 42;"u8.ToArray());
        session.Write("imported.csx", "int imported = 7; Console.WriteLine(\"가져옴\");"u8.ToArray());
        Assert.Equal(["result text/plain Assert"], await session.RunAsync("#r \"Some.dll\"\ntypeof(Xunit.Assert).Name"));
        Assert.Equal(["error Error (1,1): error CS0006: Metadata file 'missing.dll' could not be found"], await session.RunAsync("#r \"missing.dll\"\n1"));
        Assert.Equal(["stdout 42"], await session.RunAsync("#load \"loaded.csx\"\nConsole.Write(loaded);"));
        Assert.Equal(["stdout 가져옴\n8"], await session.RunAsync("#!import imported.csx\nConsole.Write(imported + 1);"));
    });

    [Theory]
    [MemberData(nameof(KernelsThatRestore))]
    public Task A_package_is_named_once_it_is_there(SessionKernel kernel) => Session.HoldAsync("package", kernel, static async session =>
    {
        Assert.Equal(
            ["display text/html <div><div></div><div></div><div><strong>Installed Packages</strong><ul><li><span>Newtonsoft.Json, 13.0.1</span></li></ul></div></div>", "stdout {\"A\":1}"],
            await session.RunAsync("#r \"nuget: Newtonsoft.Json, 13.0.1\"\nConsole.Write(Newtonsoft.Json.JsonConvert.SerializeObject(new { A = 1 }));"));
        Assert.Equal(["result text/plain {}"], await session.RunAsync("new Newtonsoft.Json.Linq.JObject().ToString()"));
    });

    [Theory]
    [MemberData(nameof(KernelsThatRestore))]
    public Task A_package_that_is_not_to_be_had_fails_the_cell(SessionKernel kernel) => Session.HoldAsync("missing-package", kernel, static async session =>
    {
        string error = (await session.RunAsync("#r \"nuget: No.Such.Package.Of.Ours, 1.0.0\"\nConsole.Write(1);")).Last();
        Assert.StartsWith("error ", error, StringComparison.Ordinal);
        Assert.Contains("No.Such.Package.Of.Ours", error, StringComparison.Ordinal);
    });
}
