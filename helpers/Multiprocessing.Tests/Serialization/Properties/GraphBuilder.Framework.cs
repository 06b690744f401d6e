using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Multiprocessing.Tests.Serialization.Properties.Samples;

namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>Objects of .NET that are no mere sum of their fields.</summary>
internal sealed partial class GraphBuilder
{
    private object Framework() => Next(10) switch
    {
        0 => Keep(new StringBuilder(Text(), 16).Append(Text()).Append('x', Next(100))),
        1 => Keep(new Uri(Next(2) == 0 ? $"https://example.org:8{Next(9)}/a/../b?q={Next(9)}#c" : $"한글/{Next(9)}", UriKind.RelativeOrAbsolute)),
        2 => Keep(new Version(Next(9), Next(9), Next(9), Next(9))),
        3 => Keep(new Regex($"(?<n>a{{{Next(9)}}})|b", Next(2) == 0 ? RegexOptions.IgnoreCase : RegexOptions.RightToLeft, TimeSpan.FromSeconds(1 + Next(9)))),
        4 => Culture(),
        5 => Failure(),
        6 => AnyType(),
        7 => Weak(),
        8 => Keep(new Random(Next(int.MaxValue))),
        _ => Keep<Encoding>(new UTF8Encoding(Next(2) == 0, Next(2) == 0)),
    };

    /// <summary>A weak reference, to what something else keeps alive.</summary>
    private Tuple<Node, WeakReference<object>> Weak()
    {
        Node node = Node();
        return Keep(Tuple.Create(node, new WeakReference<object>(node)));
    }

    private CultureInfo Culture()
    {
        string name = Next(4) switch { 0 => "", 1 => "ko-KR", 2 => "de-DE", _ => "ar-SA" };
        if (Next(2) == 0)
        {
            return Keep(name.Length == 0 ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(name));
        }

        CultureInfo culture = new(name);
        culture.NumberFormat.NumberDecimalSeparator = "#";
        culture.TextInfo.ListSeparator = Text();
        culture.DateTimeFormat.ShortDatePattern = "yyyy";
        return Keep(Next(2) == 0 ? CultureInfo.ReadOnly(culture) : culture);
    }

    private Exception Failure()
    {
        Exception inner = Next(2) == 0 ? new InvalidOperationException(Text()) : new SampleException(Text(), Any());
        Exception outer = Next(3) switch
        {
            0 => new ArgumentOutOfRangeException(Text(), Any(), "out of range"),
            1 => new AggregateException(Text(), inner, Keep(inner)),
            _ => new SampleException(Text(), inner, Any()),
        };
        Keep(outer).Data[Text()] = Any();
        outer.Data["itself"] = outer;
        return outer;
    }

    private object AnyType() => Next(6) switch
    {
        0 => typeof(int),
        1 => typeof(Dictionary<,>),
        2 => typeof(Outer<string>.Inner<int>[,][]),
        3 => typeof(List<>).GetGenericArguments()[0],
        4 => typeof(Animal).GetMethod(nameof(Animal.Sum))!,
        _ => typeof(Outer<string>).Assembly,
    };
}
