using System.Reflection;
using Multiprocessing.Timings;

namespace Multiprocessing.Tests.Notebooks.Timings;

public class TimingFormatterTests
{
    [Fact]
    public void A_kernel_is_asked_for_HTML_and_plain_text_at_once()
    {
        object attribute = Assert.Single(
            typeof(TimingComparison).GetCustomAttributes(inherit: true), candidate => candidate.GetType().Name == "TypeFormatterSourceAttribute");

        PropertyInfo preferred = attribute.GetType().GetProperty("PreferredMimeTypes")!;

        Assert.Equal(["text/html", "text/plain"], (string[])preferred.GetValue(attribute)!);
    }
}
