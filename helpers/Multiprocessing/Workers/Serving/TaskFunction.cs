using Multiprocessing.Connections.Calls;
using Multiprocessing.Serialization;

namespace Multiprocessing.Workers.Serving;

/// <summary>A function for many inputs, as it is sent to a worker, with the cultures to run it under.</summary>
internal abstract class TaskFunction
{
    private readonly Cultures _cultures = new();

    /// <summary>The function.</summary>
    public abstract Delegate Function { get; }

    /// <summary>Makes the cultures of the call those of this process and thread.</summary>
    public void ApplyCultures() => _cultures.Apply();

    /// <summary>Runs the function for inputs that follow each other, and replies.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="attachments">Their large arrays.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="replies">Where the results go.</param>
    public abstract void Run(PayloadReader inputs, IAttachmentSource? attachments, int count, TaskReplies replies);
}
