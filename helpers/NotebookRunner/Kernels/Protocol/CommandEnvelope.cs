namespace NotebookRunner.Kernels.Protocol;

/// <summary>One line to a kernel; within an event, the command that the event belongs to.</summary>
/// <remarks>
/// The token names the command in the events that come of it; commands that it entails have tokens such as <c>7.1</c>. The routing slip lists the kernels that the command has come
/// through: with <c>?tag=arrived</c> where it has come in, without where it is done.
/// </remarks>
internal sealed record CommandEnvelope(string? Token, string? CommandType, CommandContent? Command, IReadOnlyList<string>? RoutingSlip = null);
