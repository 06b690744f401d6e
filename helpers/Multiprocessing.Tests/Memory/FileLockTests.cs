using Microsoft.Win32.SafeHandles;
using Multiprocessing.Memory;

namespace Multiprocessing.Tests.Memory;

/// <summary>What says that a file is in use, to all processes.</summary>
public sealed class FileLockTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Many_share_it_and_one_has_it_alone()
    {
        using SafeFileHandle one = Open(), other = Open();
        Assert.True(FileLock.TryShare(one));
        Assert.True(FileLock.TryShare(other));
        Assert.False(FileLock.TryTake(other));
        Assert.True(FileLock.TryShare(other));
        FileLock.Close(one);
        Assert.True(FileLock.TryTake(other));
        Assert.False(CanShare());

        Assert.True(FileLock.TryShare(other));
        Assert.True(CanShare());
    }

    [Fact]
    public void It_goes_with_the_opening_of_the_file_that_has_it()
    {
        using (SafeFileHandle one = Open())
        {
            Assert.True(FileLock.TryTake(one));
            Assert.False(CanShare());
        }

        SafeFileHandle other = Open();
        Assert.True(FileLock.TryTake(other));
        FileLock.Close(other);
        Assert.True(CanShare());
        FileLock.Close(other);
    }

    [Fact]
    public void Who_has_the_file_mapped_has_no_lock_and_the_lock_keeps_nobody_from_its_memory_and_its_name()
    {
        File.WriteAllBytes(_path, new byte[1000]);
        using MappedFile mapped = MappedFile.TryOpen(_path)!;
        using SafeFileHandle file = Open();
        Assert.True(FileLock.TryTake(file));
        RandomAccess.Write(file, [1, 2, 3], 0);
        using MappedFile again = MappedFile.Map(file, _path, RandomAccess.GetLength(file));
        File.Move(_path, _path + ".moved");
        File.Move(_path + ".moved", _path);
    }

    private bool CanShare()
    {
        try
        {
            using SafeFileHandle file = Open();
            return FileLock.TryShare(file);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private SafeFileHandle Open() => File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
}
