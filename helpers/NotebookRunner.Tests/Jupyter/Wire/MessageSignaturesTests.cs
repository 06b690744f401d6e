using System.Text;
using NotebookRunner.Jupyter.Wire;

namespace NotebookRunner.Tests.Jupyter.Wire;

public class MessageSignaturesTests
{
    // Test case 2 of RFC 4231, its data in four pieces.
    [Theory]
    [InlineData("hmac-sha256", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("hmac-sha384", "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649")]
    [InlineData("hmac-sha512", "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737")]
    public void The_four_frames_are_signed_as_one_text(string scheme, string signature) =>
        Assert.Equal(signature, Encoding.ASCII.GetString(Signatures(scheme).Sign("what do "u8.ToArray(), "ya want "u8.ToArray(), "for "u8.ToArray(), "nothing?"u8.ToArray())));

    [Fact]
    public void A_signature_is_right_once_and_only_for_its_message()
    {
        var signatures = Signatures("hmac-sha256");
        byte[] message = "message"u8.ToArray(), signature = signatures.Sign(message);
        Assert.False(signatures.Verify(signature, "massage"u8.ToArray()));
        Assert.False(signatures.Verify([], message));
        Assert.True(signatures.Verify(signature, message));
        Assert.False(signatures.Verify(signature, message));
    }

    private static MessageSignatures Signatures(string scheme) => new(scheme, "Jefe"u8.ToArray());
}
