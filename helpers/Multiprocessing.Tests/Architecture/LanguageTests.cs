using System.Reflection;
using System.Reflection.Metadata;
using System.Text.RegularExpressions;
using Multiprocessing.Serialization.Code;

namespace Multiprocessing.Tests.Architecture;

public partial class LanguageTests
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Fact]
    public void Nothing_but_Notebooks_speaks_Korean()
    {
        string[] layers =
        [
            .. typeof(WorkerPool).Assembly.GetTypes()
                .SelectMany(static type => ((IEnumerable<MethodBase>)type.GetMethods(Declared)).Concat(type.GetConstructors(Declared)))
                .Where(static method => Strings(method).Any(HangulPattern().IsMatch))
                .Select(static method => Layers.OfLibrary.Find(method.DeclaringType!.Namespace ?? "") ?? method.DeclaringType.FullName!)
                .Distinct(),
        ];

        Assert.Equal("Notebooks", Assert.Single(layers));
    }

    private static List<string> Strings(MethodBase method)
    {
        List<string> strings = [];
        ILReader reader = new(method.GetMethodBody()?.GetILAsByteArray());
        while (reader.MoveToNextToken())
        {
            if (reader.OpCode == (int)ILOpCode.Ldstr)
            {
                strings.Add(method.Module.ResolveString(reader.Token));
            }
        }

        return strings;
    }

    [GeneratedRegex(@"\p{IsHangulSyllables}")]
    private static partial Regex HangulPattern();
}
