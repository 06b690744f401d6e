namespace Multiprocessing.Tests.Pools;

/// <summary>
/// Code that runs when something is rebuilt: collections that hash do it anew in each process. So a test can fail there, as pickling and
/// unpickling fail in the tests of loky.
/// </summary>
internal sealed class Key(int home, KeyDeed deed) : IEquatable<Key>
{
    public bool Equals(Key? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => Equals(obj as Key);

    public override int GetHashCode()
    {
        bool atHome = Environment.ProcessId == home;
        switch (deed)
        {
            case KeyDeed.Throw when atHome:
            case KeyDeed.ThrowElsewhere when !atHome:
#pragma warning disable CA1065 // To throw is what it is for.
                throw new InvalidOperationException("no hash");
#pragma warning restore CA1065
            case KeyDeed.ExitElsewhere when !atHome:
                Environment.Exit(9);
                break;
            default:
                break;
        }

        return 1;
    }
}
