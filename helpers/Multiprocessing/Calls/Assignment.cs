namespace Multiprocessing.Calls;

/// <summary>A call and the cultures to run it under.</summary>
internal sealed class Assignment(Call call)
{
    private readonly Cultures _cultures = new();

    public Call Call => call;

    /// <summary>Makes the cultures those of this process and thread.</summary>
    public void ApplyCultures() => _cultures.Apply();
}
