using System.Runtime.InteropServices;

namespace NotebookRunner.Kernels;

/// <summary>The <c>dotnet</c> program that this process runs on, whether or not it is on the PATH.</summary>
internal static class DotNetHost
{
    /// <summary>Its full path, or plain <c>dotnet</c> if the runtime lies in no ordinary installation.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        // The runtime lies in <root>/shared/Microsoft.NETCore.App/<version>/.
        string root = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string host = System.IO.Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(host) ? host : "dotnet";
    }
}
