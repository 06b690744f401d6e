using System.Security.Cryptography;
using System.Text;

namespace NotebookRunner.Jupyter.Wire;

/// <summary>Signs messages, and finds out whether one comes from whoever has the key. Thread-safe.</summary>
internal sealed class MessageSignatures(string scheme, byte[] key)
{
    /// <summary>What is meant where nothing is said.</summary>
    internal const string DefaultScheme = "hmac-sha256";

    // As many as ipykernel keeps. A message that comes twice has been recorded by somebody.
    private const int MaxSeen = 1 << 16;

    private static readonly Dictionary<string, HashAlgorithmName> Algorithms = new(StringComparer.Ordinal)
    {
        [DefaultScheme] = HashAlgorithmName.SHA256,
        ["hmac-sha384"] = HashAlgorithmName.SHA384,
        ["hmac-sha512"] = HashAlgorithmName.SHA512,
    };

    private readonly HashAlgorithmName _algorithm = Algorithms[scheme];
    private readonly Lock _gate = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Whether there is such a scheme.</summary>
    internal static bool Knows(string scheme) => Algorithms.ContainsKey(scheme);

    /// <summary>Signs the four JSON frames of a message: hexadecimal, in lower case, as ASCII.</summary>
    internal byte[] Sign(params ReadOnlySpan<byte[]> frames)
    {
        using var hmac = IncrementalHash.CreateHMAC(_algorithm, key);
        foreach (byte[] frame in frames)
            hmac.AppendData(frame);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hmac.GetHashAndReset()));
    }

    /// <summary>Whether a signature is right, and has not come before.</summary>
    internal bool Verify(byte[] signature, params ReadOnlySpan<byte[]> frames)
    {
        if (!CryptographicOperations.FixedTimeEquals(signature, Sign(frames)))
            return false;
        lock (_gate)
        {
            string text = Encoding.ASCII.GetString(signature);
            if (!_seen.Add(text))
                return false;
            _order.Enqueue(text);
            if (_order.Count > MaxSeen)
                _seen.Remove(_order.Dequeue());
            return true;
        }
    }
}
