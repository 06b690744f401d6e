using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using Multiprocessing.Memory.Windows;

namespace Multiprocessing.Tests.Memory.Windows;

[SupportedOSPlatform("windows")]
public sealed class UserFolderTests : IDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("mp test 임시 ");

    public void Dispose() => _place.Delete(recursive: true);

    [WindowsFact]
    public void Nobody_but_this_user_has_access_to_it_whatever_the_folder_above_lets_others_do()
    {
        Open(_place);
        string folder = Path.Combine(_place.FullName, "폴더");
        UserFolder.Make(folder);

        DirectorySecurity security = new DirectoryInfo(folder).GetAccessControl();
        Assert.True(security.AreAccessRulesProtected);
        FileSystemAccessRule rule = Assert.Single(security.GetAccessRules(true, true, typeof(SecurityIdentifier)).Cast<FileSystemAccessRule>());
        Assert.Equal(User(), rule.IdentityReference);
        Assert.Equal((AccessControlType.Allow, FileSystemRights.FullControl), (rule.AccessControlType, rule.FileSystemRights));
        Assert.True(UserFolder.IsOwn(folder));
    }

    [WindowsFact]
    public void What_is_made_in_it_is_likewise()
    {
        Open(_place);
        string folder = Path.Combine(_place.FullName, "folder");
        UserFolder.Make(folder);
        FileInfo file = new(Path.Combine(folder, "file"));
        file.Create().Dispose();

        Assert.All(file.GetAccessControl().GetAccessRules(true, true, typeof(SecurityIdentifier)).Cast<FileSystemAccessRule>(), rule => Assert.Equal(User(), rule.IdentityReference));
    }

    [WindowsFact]
    public void One_that_is_there_is_left_as_it_is()
    {
        string folder = _place.CreateSubdirectory("there").FullName;
        File.WriteAllText(Path.Combine(folder, "file"), "");
        UserFolder.Make(folder);
        Assert.True(File.Exists(Path.Combine(folder, "file")));
    }

    private static SecurityIdentifier User()
    {
        using WindowsIdentity identity = WindowsIdentity.GetCurrent();
        return identity.User!;
    }

    /// <summary>Lets everybody do everything in a folder and below.</summary>
    private static void Open(DirectoryInfo folder)
    {
        DirectorySecurity security = folder.GetAccessControl();
        security.AddAccessRule(new FileSystemAccessRule(
            new SecurityIdentifier(WellKnownSidType.WorldSid, null), FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit, PropagationFlags.None, AccessControlType.Allow));
        folder.SetAccessControl(security);
    }
}
