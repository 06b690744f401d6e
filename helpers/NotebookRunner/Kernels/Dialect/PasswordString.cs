namespace Microsoft.DotNet.Interactive;

/// <summary>A password, which shows itself to nobody who does not insist.</summary>
public class PasswordString(string clearTextPassword)
{
    /// <summary>The password.</summary>
    public string GetClearTextPassword() => clearTextPassword;

    /// <inheritdoc/>
    public override string ToString() => "************";
}
