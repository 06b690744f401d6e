using System.Reflection;
using System.Text.Json.Nodes;
using NotebookRunner.Jupyter.Wire;

namespace NotebookRunner.Jupyter;

/// <summary>What the kernel tells of itself.</summary>
internal static class KernelInfo
{
    /// <summary>The answer to a client that asks.</summary>
    internal static JsonObject Describe()
    {
        string version = typeof(KernelInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        return Reply.Ok(new()
        {
            ["protocol_version"] = MessageFrames.ProtocolVersion,
            ["implementation"] = "notebook-runner",
            ["implementation_version"] = version,
            ["language_info"] = new JsonObject
            {
                ["name"] = "csharp",
                ["version"] = "14.0",
                ["mimetype"] = "text/x-csharp",
                ["file_extension"] = ".cs",
                ["pygments_lexer"] = "csharp",
                ["codemirror_mode"] = "text/x-csharp",
            },
            ["banner"] = $"C# 14 on .NET {Environment.Version}, notebook-runner {version}",
            ["debugger"] = false,
            ["supported_features"] = new JsonArray(),
            ["help_links"] = new JsonArray(new JsonObject { ["text"] = "C#", ["url"] = "https://learn.microsoft.com/dotnet/csharp/" }),
        });
    }
}
