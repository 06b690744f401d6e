using System.Runtime.InteropServices;

namespace Multiprocessing.Workers.Launching.Windows;

/// <summary><c>SECURITY_ATTRIBUTES</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SecurityAttributes
{
    public int Size;
    public byte* Descriptor;
    public int InheritHandle;
}
