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
    public void This_user_alone_is_given_access_to_it_and_to_what_is_made_in_it()
    {
        DirectorySecurity security = UserFolder.Security;
        FileSystemAccessRule rule = Assert.Single(RulesOf(security));

        Assert.True(security.AreAccessRulesProtected);
        Assert.Equal(OwnAccess.User(), security.GetOwner(typeof(SecurityIdentifier)));
        Assert.Equal(OwnAccess.User(), rule.IdentityReference);
        Assert.Equal((AccessControlType.Allow, FileSystemRights.FullControl), (rule.AccessControlType, rule.FileSystemRights));
        Assert.Equal((InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit, PropagationFlags.None), (rule.InheritanceFlags, rule.PropagationFlags));
    }

    [WindowsFact]
    public void Nobody_else_has_access_to_it_whatever_the_folder_above_lets_others_do()
    {
        Open(_place);
        string folder = Path.Combine(_place.FullName, "폴더");
        UserFolder.Make(folder);

        OwnAccess.AssertOfFolder(folder);
        Assert.True(UserFolder.IsOwn(folder));
    }

    [WindowsFact]
    public void One_that_is_there_is_left_as_it_is()
    {
        string folder = _place.CreateSubdirectory("there").FullName;
        File.WriteAllText(Path.Combine(folder, "file"), "");
        UserFolder.Make(folder);
        Assert.True(File.Exists(Path.Combine(folder, "file")));
    }

    private static IEnumerable<FileSystemAccessRule> RulesOf(DirectorySecurity security) => security.GetAccessRules(true, true, typeof(SecurityIdentifier)).Cast<FileSystemAccessRule>();

    /// <summary>Lets everybody do everything in a folder and below.</summary>
    private static void Open(DirectoryInfo folder)
    {
        DirectorySecurity security = folder.GetAccessControl();
        security.AddAccessRule(new FileSystemAccessRule(
            new SecurityIdentifier(WellKnownSidType.WorldSid, null), FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit, PropagationFlags.None, AccessControlType.Allow));
        folder.SetAccessControl(security);
    }
}
