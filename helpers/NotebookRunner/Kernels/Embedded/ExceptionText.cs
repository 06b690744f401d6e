namespace NotebookRunner.Kernels.Embedded;

/// <summary>What is told of an exception.</summary>
internal static class ExceptionText
{
    /// <summary>All of it; at least its type, should the exception be of a cell's own making and fail even here.</summary>
    public static string Of(Exception exception)
    {
        try
        {
            return exception.ToString();
        }
#pragma warning disable CA1031 // Whatever a cell's own code throws.
        catch (Exception)
#pragma warning restore CA1031
        {
            return exception.GetType().FullName!;
        }
    }
}
