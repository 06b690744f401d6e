namespace Multiprocessing.Timings;

/// <summary>One way to show an object, in the shape that .NET Interactive looks for by reflection.</summary>
internal sealed class TypeFormatter<T>(string mimeType, Action<T, TextWriter> write)
{
    /// <summary>Read by the kernel.</summary>
    public string MimeType => mimeType;

    /// <summary>Called by the kernel; the first parameter must be exactly object.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not T value)
            return false;
        write(value, writer);
        return true;
    }
}
