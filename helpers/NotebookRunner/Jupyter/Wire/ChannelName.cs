namespace NotebookRunner.Jupyter.Wire;

/// <summary>The five sockets between a Jupyter client and its kernel.</summary>
internal enum ChannelName
{
    /// <summary>Cells, and questions about them, one after another.</summary>
    Shell,

    /// <summary>What cannot wait for a cell: interrupts, and the end.</summary>
    Control,

    /// <summary>The kernel's questions to the reader.</summary>
    Stdin,

    /// <summary>What cells put out, and whether the kernel is busy, for every client.</summary>
    IOPub,

    /// <summary>Whatever comes goes back, as a sign of life.</summary>
    Heartbeat,
}
