using System.Text;

namespace Multiprocessing.Memory.Posix;

/// <summary>Whose a file is, what it is, and who may do what with it, as Linux tells of the file itself and not of what it links to.</summary>
/// <param name="Owner">The number of a user.</param>
/// <param name="Mode">Its kind, and what owner, group and others may do, as <c>st_mode</c>.</param>
internal readonly unsafe record struct FileStatus(uint Owner, int Mode)
{
    private const int Size = 256;
    private const int OwnerAt = 20;
    private const int ModeAt = 28;
    private const int Kinds = 0xF000;
    private const int Folder = 0x4000;
    private const int Rights = 0x0FFF;

    public bool IsFolder => (Mode & Kinds) == Folder;

    public UnixFileMode Access => (UnixFileMode)(Mode & Rights);

    /// <returns>Null if there is no such file, or a C library from before 2018, which cannot tell.</returns>
    public static FileStatus? Of(string path)
    {
        byte* status = stackalloc byte[Size];
        try
        {
            fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            {
                return Libc.StatX(Libc.CurrentFolder, name, Libc.NoFollow, Libc.StatOwner | Libc.StatKindAndMode, status) == 0
                    ? new FileStatus(*(uint*)(status + OwnerAt), *(ushort*)(status + ModeAt))
                    : null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }
}
