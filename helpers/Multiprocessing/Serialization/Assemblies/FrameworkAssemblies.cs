using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multiprocessing.Serialization.Assemblies;

/// <summary>Which assemblies are .NET's own.</summary>
internal static class FrameworkAssemblies
{
    private static readonly string CoreFolder = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";

    /// <summary>The public key tokens that .NET's shared frameworks are signed with.</summary>
    private static readonly HashSet<string> Tokens =
        ["b03f5f7f11d50a3a", "b77a5c561934e089", "cc7b13ffcd2ddd51", "7cec85d7bea7798e", "31bf3856ad364e35", "adb9793829ddae60"];

    private static readonly ConditionalWeakTable<Assembly, object> Signed = [];

    /// <summary>Tells whether the assembly belongs to the framework that every worker runs on, so that its name is enough.</summary>
    public static bool IsCore(Assembly assembly) =>
        assembly == typeof(object).Assembly || Path.GetDirectoryName(assembly.Location.AsSpan()).SequenceEqual(CoreFolder);

    /// <summary>Tells whether the framework that every worker runs on has an assembly of that simple name.</summary>
    public static bool IsCore(string name) => File.Exists(Path.Combine(CoreFolder, name + ".dll"));

    /// <summary>Tells whether the assembly is Microsoft's: its types may keep state that means nothing in another process.</summary>
    public static bool IsFramework(Assembly assembly) => (bool)Signed.GetValue(assembly, static a => Tokens.Contains(TokenOf(a)));

    private static string TokenOf(Assembly assembly)
    {
        const string Label = "PublicKeyToken=";
        string full = assembly.FullName ?? "";
        int start = full.IndexOf(Label, StringComparison.Ordinal);
        return start < 0 ? "" : full[(start + Label.Length)..];
    }
}
