namespace Multiprocessing.Hosting;

/// <summary>What the compiler tells whoever publishes a program in a way that has no workers.</summary>
internal static class Publishing
{
    public const string NeedsDynamicCode =
        "Functions are sent to worker processes as code, and a program compiled by PublishAot can load none. Publish without PublishAot; a file-based program says so by '#:property PublishAot=false'.";

    public const string NeedsAllCode = "A function that is sent to a worker process may need any member of any type. Publish without PublishTrimmed.";
}
