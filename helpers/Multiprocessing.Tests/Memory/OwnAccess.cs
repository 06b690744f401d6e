using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Multiprocessing.Tests.Memory;

/// <summary>What says that a file or a folder is this user's and nobody else's.</summary>
internal static class OwnAccess
{
    private const UnixFileMode ReadAndWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Fails if anybody else may do anything with the file.</summary>
    public static void AssertOfFile(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            AssertOwn(new FileInfo(path).GetAccessControl());
        }
        else
        {
            Assert.Equal(ReadAndWrite, File.GetUnixFileMode(path));
        }
    }

    /// <summary>Fails if anybody else may do anything with the folder.</summary>
    public static void AssertOfFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            AssertOwn(new DirectoryInfo(path).GetAccessControl());
        }
        else
        {
            Assert.Equal(ReadAndWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        }
    }

    /// <summary>This user, as Windows names users.</summary>
    [SupportedOSPlatform("windows")]
    public static SecurityIdentifier User()
    {
        using WindowsIdentity identity = WindowsIdentity.GetCurrent();
        return identity.User!;
    }

    [SupportedOSPlatform("windows")]
    private static void AssertOwn(FileSystemSecurity security)
    {
        // The system itself has access to everything; Wine says so.
        SecurityIdentifier user = User(), system = new(WellKnownSidType.LocalSystemSid, null);
        List<IdentityReference> entitled = [.. security.GetAccessRules(true, true, typeof(SecurityIdentifier)).Cast<FileSystemAccessRule>()
            .Where(static rule => rule.AccessControlType == AccessControlType.Allow).Select(static rule => rule.IdentityReference)];
        Assert.Contains(user, entitled);
        Assert.All(entitled, identity => Assert.True(identity == user || identity == system, $"{identity} has access, too."));
    }
}
