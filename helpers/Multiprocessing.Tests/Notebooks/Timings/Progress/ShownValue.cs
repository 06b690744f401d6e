#pragma warning disable IDE0130
namespace Microsoft.DotNet.Interactive;
#pragma warning restore IDE0130

/// <summary>What was shown, and can be shown anew.</summary>
internal sealed record ShownValue(List<string> Texts)
{
    public void Update(object value) => Texts.Add(value.ToString()!);
}
