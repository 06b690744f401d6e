using System.Globalization;

namespace Multiprocessing.Memory.Posix;

/// <summary>What Linux tells of a process or a thread in its <c>stat</c> file.</summary>
/// <param name="Id">Its number.</param>
/// <param name="State">A letter: running, sleeping, …</param>
/// <param name="Start">When it started, in clock ticks since the system did. With the number, this is unique: numbers come again.</param>
internal readonly record struct ProcessStatus(int Id, char State, ulong Start)
{
    private const int StateField = 0;
    private const int StartField = 19;

    /// <summary>Whether it can still do anything: a zombie is only waited for.</summary>
    public bool IsAlive => State is not ('Z' or 'X' or 'x');

    /// <summary>The calling thread.</summary>
    public static ProcessStatus OfThisThread => Read("thread-self") ?? throw new IOException("/proc/thread-self cannot be read; shared locks need it.");

    /// <summary>The status of a process or a thread; null if there is none of that number.</summary>
    public static ProcessStatus? Of(int id) => Read(id.ToString(CultureInfo.InvariantCulture));

    private static ProcessStatus? Read(string entry)
    {
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{entry}/stat");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // number (name) state …; the name may contain anything, so start after its end.
        int nameEnd = text.LastIndexOf(')');
        if (nameEnd < 0)
        {
            return null;
        }

        string[] fields = text[(nameEnd + 2)..].Split(' ');
        int id = int.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
        return new ProcessStatus(id, fields[StateField][0], ulong.Parse(fields[StartField], CultureInfo.InvariantCulture));
    }
}
