using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multiprocessing.Shipping.Assemblies;

/// <summary>Which assemblies are .NET's own.</summary>
internal static class FrameworkAssemblies
{
    private static readonly string CoreFolder = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";

    /// <summary>The public key tokens that .NET's shared frameworks are signed with.</summary>
    private static readonly HashSet<string> Tokens =
        ["B03F5F7F11D50A3A", "B77A5C561934E089", "CC7B13FFCD2DDD51", "7CEC85D7BEA7798E", "31BF3856AD364E35", "ADB9793829DDAE60"];

    private static readonly ConditionalWeakTable<Assembly, object> Signed = [];

    /// <summary>Tells whether the assembly belongs to the framework that every worker runs on, so that its name is enough.</summary>
    public static bool IsCore(Assembly assembly) =>
        assembly == typeof(object).Assembly || Path.GetDirectoryName(assembly.Location.AsSpan()).SequenceEqual(CoreFolder);

    /// <summary>Tells whether the assembly is Microsoft's: its types may keep state that means nothing in another process.</summary>
    public static bool IsFramework(Assembly assembly) => (bool)Signed.GetValue(
        assembly, static a => a.GetName().GetPublicKeyToken() is { Length: > 0 } token && Tokens.Contains(Convert.ToHexString(token)));
}
