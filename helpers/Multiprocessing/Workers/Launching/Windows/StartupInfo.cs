using System.Runtime.InteropServices;

namespace Multiprocessing.Workers.Launching.Windows;

/// <summary><c>STARTUPINFOEXW</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct StartupInfo
{
    public int Size;
    public char* Reserved;
    public char* Desktop;
    public char* Title;
    public int X;
    public int Y;
    public int Width;
    public int Height;
    public int WidthInCharacters;
    public int HeightInCharacters;
    public int FillAttribute;
    public int Flags;
    public short ShowWindow;
    public short ReservedSize;
    public byte* ReservedBytes;
    public nint Input;
    public nint Output;
    public nint Error;
    public void* Attributes;
}
