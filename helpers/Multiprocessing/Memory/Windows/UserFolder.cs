using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Multiprocessing.Memory.Windows;

/// <summary>
/// Folders that are this user's alone, whatever the folder that they lie in lets others do: the temp folder is the user's own as a rule, but not that of services, nor one that a variable names. Thread-safe.
/// </summary>
[SupportedOSPlatform("windows")]
internal static class UserFolder
{
    /// <summary>Who has access: this user alone, to the folder and to all that is made in it; nothing comes from above. The owner is the user, and not the administrators, as it would be where this process is one of theirs.</summary>
    public static DirectorySecurity Security
    {
        get
        {
            DirectorySecurity security = new();
            string user = User().Value;
            security.SetSecurityDescriptorSddlForm($"O:{user}D:P(A;OICI;FA;;;{user})");
            return security;
        }
    }

    /// <summary>This user, as a part of a folder's name.</summary>
    public static string UserName => User().Value;

    /// <summary>Makes a folder, if there is none, with that access.</summary>
    public static void Make(string path)
    {
        if (!Directory.Exists(path))
        {
            Security.CreateDirectory(path);
        }
    }

    /// <summary>Whether a folder is this user's, as far as this user may know.</summary>
    public static bool IsOwn(string path)
    {
        try
        {
            return User().Equals(new DirectoryInfo(path).GetAccessControl(AccessControlSections.Owner).GetOwner(typeof(SecurityIdentifier)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has just gone, or its owner does not say.
            return false;
        }
    }

    private static SecurityIdentifier User()
    {
        using WindowsIdentity identity = WindowsIdentity.GetCurrent();
        return identity.User!;
    }
}
