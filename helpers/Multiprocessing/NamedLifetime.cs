namespace Multiprocessing;

/// <summary>How long shared memory that has a name lasts.</summary>
public enum NamedLifetime
{
    /// <summary>Until the last program that has it has disposed of it, or ended, in whichever way.</summary>
    UntilLastUser,

    /// <summary>Until somebody deletes it (<see cref="SharedArray.Delete"/>), though no program has it meanwhile; but not longer than the system runs, where it lies in memory (Linux). Under systemd it may also go when its user logs out of the last session, unless that is a system user: set <c>RemoveIPC=no</c> in logind.conf(5), or have the user linger.</summary>
    UntilDeleted,
}
