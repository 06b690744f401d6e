using System.Runtime.InteropServices;

namespace Multiprocessing.Workers.Launching;

/// <summary>A null-terminated array of C strings, in UTF-8. Freed by <see cref="Dispose"/>.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly byte*[] _strings;

    public NativeStrings(List<string> strings)
    {
        _strings = new byte*[strings.Count];
        Pointers = (byte**)NativeMemory.AllocZeroed((nuint)strings.Count + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < strings.Count; i++)
        {
            _strings[i] = (byte*)Marshal.StringToCoTaskMemUTF8(strings[i]);
            Pointers[i] = _strings[i];
        }
    }

    public byte** Pointers { get; }

    public byte* First => _strings[0];

    public void Dispose()
    {
        foreach (byte* text in _strings)
        {
            Marshal.FreeCoTaskMem((nint)text);
        }

        NativeMemory.Free(Pointers);
    }
}
