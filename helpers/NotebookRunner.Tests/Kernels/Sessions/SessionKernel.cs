namespace NotebookRunner.Tests.Kernels.Sessions;

/// <summary>What a session talks to.</summary>
public enum SessionKernel
{
    /// <summary>A program that says what the real kernel said when the session was recorded.</summary>
    Transcript,

    /// <summary>Our own.</summary>
    Embedded,

    /// <summary>The real .NET Interactive.</summary>
    Real,

    /// <summary>The same, writing the transcript.</summary>
    Recorded,
}
