using NotebookRunner.Handouts.Safety;

namespace NotebookRunner.Tests.Handouts.Safety;

public class StyleScopeTests
{
    [Theory]
    [InlineData("a{x:y}", "S a {x:y}")]
    [InlineData("a, b > c { x: y } d{}", "S a, S b > c { x: y } S d {}")]
    [InlineData(":is(a, b) c, [d='e,f'] {x:y}", "S :is(a, b) c, S [d='e,f'] {x:y}")]
    [InlineData("svg, :root { x: y }", "S, S { x: y }")]
    [InlineData("@media (prefers-color-scheme: dark) { a {x:y} b {x:y} }", "@media screen and (prefers-color-scheme: dark) { S a {x:y} S b {x:y} }")]
    [InlineData("@media(prefers-color-scheme:dark){a{x:y}}", "@media screen and (prefers-color-scheme:dark) { S a {x:y} }")]
    [InlineData("@keyframes k { from {x:y} to {x:z} } /* a { */ b{}", "@keyframes k { from {x:y} to {x:z} } S b {}")]
    [InlineData("@charset \"utf-8\"; a{x:y}", "S a {x:y}")]
    [InlineData("a { x: y", "")]
    [InlineData("} a { x: y }", "S } a { x: y }")]
    public void The_rules_of_a_drawing_hold_inside_it(string css, string limited) => Assert.Equal(limited, StyleScope.Limit(css, "S").Trim());
}
