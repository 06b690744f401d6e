using System.Runtime.CompilerServices;
using Multiprocessing.Serialization;
using Multiprocessing.Tests.Memory;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Dictionaries;

/// <summary>The files behind a dictionary.</summary>
public class DictionaryFileTests() : FileLifeContract("queue")
{
    [Fact(WineGap = WineGaps.Access)]
    public void All_files_are_this_user_s_alone()
    {
        using SharedDictionary<int, int> dictionary = new() { [1] = 1 };
        string[] files = FilesOf(dictionary);
        Assert.Equal(2, files.Length);
        Assert.All(files, OwnAccess.AssertOfFile);
    }

    private protected override List<object> UseMany(WorkerHost host, ISet<string> files)
    {
        List<object> dictionaries = [];
        for (int i = 0; i < 100; i++)
        {
            using SharedDictionary<int, int[]> dictionary = new(host);
            dictionaries.Add(dictionary);
            for (int key = 0; key < 5; key++)
            {
                dictionary[key] = new int[10_000];
                files.UnionWith(FilesOf(dictionary));
            }
        }

        return dictionaries;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override void Forget(WorkerHost host, ISet<string> files)
    {
        SharedDictionary<int, int> dictionary = new(host);
        dictionary[1] = 1;
        files.UnionWith(FilesOf(dictionary));
    }

    protected override Action Making(SharedValue<bool> made) => () =>
    {
        SharedDictionary<int, int> own = new();
        own[1] = 1;
        made.Value = true;
        Thread.Sleep(Timeout.Infinite);
        own.Dispose();
    };

    protected override void AssertMade(int program, string? said)
    {
        Assert.Equal("60 1000", said);
        Assert.True(SegmentFiles.Of(program).Count(File.Exists) > 4);
    }

    private static string[] FilesOf(ISharedObject dictionary)
    {
        string path = dictionary.Segment!.Path;
        return Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*");
    }
}
