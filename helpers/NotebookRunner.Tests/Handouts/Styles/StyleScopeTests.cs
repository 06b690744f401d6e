using NotebookRunner.Handouts.Styles;

namespace NotebookRunner.Tests.Handouts.Styles;

public class StyleScopeTests
{
    [Theory]
    [InlineData("a{x:y}", "a:is(S, S *) { x:y; }")]
    [InlineData("a, b > c { x: y } d{}", "a:is(S, S *), b > c:is(S, S *) { x: y; } d:is(S, S *) { }")]
    [InlineData(":is(a, b) c, [d='e,f'] {x:y}", ":is(a, b) c:is(S, S *), [d='e,f']:is(S, S *) { x:y; }")]
    [InlineData("a::before, a:after, a:hover::marker { x: y }", "a:is(S, S *)::before, a:is(S, S *):after, a:hover:is(S, S *)::marker { x: y; }")]
    [InlineData("svg|a, *|b { x: y }", "*|a:is(S, S *), *|b:is(S, S *) { x: y; }")]
    [InlineData(@"a\:b .c\,d { x: y }", @"a\:b .c\,d:is(S, S *) { x: y; }")]
    public void A_rule_holds_for_the_element_and_in_it(string css, string limited) => Assert.Equal(limited, Limit(css));

    [Theory]
    [InlineData(":root, html, body { x: y }", "S, S, S { x: y; }")]
    [InlineData("body p, html > body > p, :root .a { x: y }", "S p:is(S, S *), S > p:is(S, S *), S .a:is(S, S *) { x: y; }")]
    [InlineData("body:not(.dark) p, .body { x: y }", "S:not(.dark) p:is(S, S *), .body:is(S, S *) { x: y; }")]
    public void What_is_said_of_the_page_is_said_of_the_element(string css, string limited) => Assert.Equal(limited, Limit(css));

    [Fact]
    public void A_heading_is_meant_by_the_level_that_it_had() => Assert.Equal(
        "div > :is(h1:where(:not([data-heading])), :where([data-heading=\"h1\"])):is(S, S *)::before, .h1:is(S, S *), [a=\"h1\"]:is(S, S *) { x: y; }",
        Limit("div > h1::before, .h1, [a=\"h1\"] { x: y }"));

    [Theory]
    [InlineData("@media (prefers-color-scheme: dark) { a {x:y} b {x:y} }", "@media screen and (prefers-color-scheme: dark) { a:is(S, S *) { x:y; } b:is(S, S *) { x:y; } }")]
    [InlineData("@media(prefers-color-scheme:dark){a{x:y}}", "@media screen and (prefers-color-scheme:dark) { a:is(S, S *) { x:y; } }")]
    [InlineData("@media all and (prefers-color-scheme: dark), print { }", "@media screen and (prefers-color-scheme: dark), print { }")]
    [InlineData("@media (min-width: 9px) and (prefers-color-scheme: dark) { }", "@media screen and (min-width: 9px) and (prefers-color-scheme: dark) { }")]
    [InlineData("@media (a) or (prefers-color-scheme: dark) { }", "@media screen and ((a) or (prefers-color-scheme: dark)) { }")]
    [InlineData("@media (prefers-color-scheme: light) { }", "@media print, (prefers-color-scheme: light) { }")]
    [InlineData("@media screen and (prefers-color-scheme: dark) { }", "@media screen and (prefers-color-scheme: dark) { }")]
    public void Paper_is_light(string css, string limited) => Assert.Equal(limited, Limit(css));

    [Theory]
    [InlineData("a { x: y; & b { x: y } > c, d & { x: y } @media print { x: y } }", "a:is(S, S *) { x: y; & b:is(S, S *) { x: y; } > c:is(S, S *), d &:is(S, S *) { x: y; } @media print { x: y; } }")]
    [InlineData("a { --x: { b: c }; x: y }", "a:is(S, S *) { --x: { b: c }; x: y; }")]
    [InlineData("@scope (a, body) to (b) { c { x: y } }", "@scope (a:is(S, S *), S) to (b) { c:is(S, S *) { x: y; } }")]
    [InlineData("@supports (display: grid) { @layer { a { x: y } } }", "@supports (display: grid) { @layer { a:is(S, S *) { x: y; } } }")]
    public void Rules_in_rules_are_limited_too(string css, string limited) => Assert.Equal(limited, Limit(css));

    [Theory]
    [InlineData("@charset \"utf-8\"; @import url(a;b.css); @namespace svg \"x\"; a{x:y}", "a:is(S, S *) { x:y; }")]
    [InlineData("@page { size: A6 } @view-transition { navigation: auto } @some-day { a { x: y } } b{}", "b:is(S, S *) { }")]
    [InlineData("@property --ink { syntax: '*' } @property --own { syntax: '*' }", "@property --own { syntax: '*'; }")]
    public void What_concerns_the_whole_page_or_the_file_is_left_out(string css, string limited) => Assert.Equal(limited, Limit(css));

    [Theory]
    [InlineData("@keyframes k { from {x:y} to {x:z} } a { animation: 1s k, other; b: k }", "@keyframes k-1 { from { x:y; } to { x:z; } } a:is(S, S *) { animation: 1s k-1, other; b: k; }")]
    [InlineData("@-webkit-keyframes 'k' { } a { animation-name: \"k\" }", "@-webkit-keyframes 'k-1' { } a:is(S, S *) { animation-name: \"k-1\"; }")]
    [InlineData("@font-face { font-family: \"A b\"; src: url(data:;base64,x;) } a { font: 1em 'A b', serif }", "@font-face { font-family: \"A b-1\"; src: url(data:;base64,x;); } a:is(S, S *) { font: 1em 'A b-1', serif; }")]
    [InlineData("@counter-style c { system: cyclic } a { list-style: c; content: counter(n, c) }", "@counter-style c-1 { system: cyclic; } a:is(S, S *) { list-style: c-1; content: counter(n, c-1); }")]
    [InlineData("@layer a, b.c; @layer b.c { }", "@layer a-1, b-1.c; @layer b-1.c { }")]
    public void What_it_declares_by_name_has_a_name_of_its_own(string css, string limited)
    {
        var names = new SheetNames("-1");
        names.Collect(css);

        Assert.Equal(limited, new StyleScope("S", names).Rewrite(css));
    }

    [Theory]
    [InlineData("a { x: y", "a:is(S, S *) { x: y; }")]
    [InlineData("@media print { a { x: '}'", "@media print { a:is(S, S *) { x: '}'; } }")]
    [InlineData("} a { x: y } b { x: y }", "b:is(S, S *) { x: y; }")]
    [InlineData("a, , b { x: y } > { x: y } { x: y }", "> { x: y; }")]
    [InlineData("a { x: \"}\"; y: url(}) } b{}", "a:is(S, S *) { x: \"}\"; y: url(}); } b:is(S, S *) { }")]
    [InlineData("/* a { */ b/**/c { x:/*;*/y } <!-- d{} -->", "b c:is(S, S *) { x: y; } d:is(S, S *) { }")]
    [InlineData("@media print; a{}", "@media print; a:is(S, S *) { }")]
    [InlineData("\\", "")]
    [InlineData("@", "")]
    public void What_is_broken_breaks_nothing_else(string css, string limited) => Assert.Equal(limited, Limit(css));

    [Theory]
    [InlineData("(")]
    [InlineData("a{")]
    [InlineData("@media x{")]
    public void A_style_sheet_without_a_bottom_has_an_end(string opening) => Limit(string.Concat(Enumerable.Repeat(opening, 100_000)));

    private static string Limit(string css) => new StyleScope("S", new SheetNames("-1")).Rewrite(css);
}
