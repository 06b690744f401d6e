namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>One object that cannot go, somewhere in a random graph.</summary>
public class RefusalProperties
{
    [Fact]
    public Task The_way_to_what_cannot_go_leads_exactly_there() => Property.HoldsAsync(300, choices =>
    {
        HiddenCulprit hidden = HiddenCulprit.In(choices);

        NotShippableException refusal = RoundTrip.Refusal(hidden.Graph);

        Assert.Equal(hidden.Path, refusal.Path);
        Assert.Equal(hidden.Culprit.GetType(), refusal.Culprit);
    });
}
