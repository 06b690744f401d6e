using NotebookRunner.Tests.Transcripts;

// What a client takes for a kernel: one that stands between the client and a real kernel and writes down what they say, or one that says what was written down.
switch (args)
{
    case ["record", var transcript, var program, .. var arguments]:
        return new Recorder(transcript).Run(program, arguments);
    case ["replay", var transcript, var report]:
        return new Replayer(transcript, report).Run();
    default:
        Console.Error.WriteLine("record TRANSCRIPT PROGRAM [ARGUMENT...] | replay TRANSCRIPT REPORT");
        return 2;
}
