using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Multiprocessing.Tests.Serialization;

public partial class TextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("a\0b")]
    [InlineData("\uD800")]
    [InlineData("\uDC00x\uD800")]
    [InlineData("한국어 👩‍👩‍👧")]
    public void Text_goes_code_unit_by_code_unit(string text) => Assert.Equal(text.ToCharArray(), RoundTrip.Of(text).ToCharArray());

    [Fact]
    public void Long_text_goes()
    {
        string text = string.Concat(Enumerable.Range(0, 100_000));
        Assert.Equal(text, RoundTrip.Of(text));
    }

    [Fact]
    public void A_string_builder_of_many_chunks_goes_and_can_be_written_on()
    {
        StringBuilder text = new();
        for (int i = 0; i < 50_000; i++)
        {
            text.Append(i).Append(' ');
        }

        text.Insert(70_000, "(inserted)");

        StringBuilder copy = RoundTrip.Of(text);

        Assert.Equal(text.ToString(), copy.ToString());
        Assert.Equal(text.ToString() + "end", copy.Append("end").ToString());
    }

    [Fact]
    public void A_regex_goes_with_its_options_and_limit()
    {
        Regex copy = RoundTrip.Of(new Regex("(?<year>[0-9]{4})-B", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(3)));

        Assert.Equal("2024", copy.Match("in 2024-b").Groups["year"].Value);
        Assert.Equal(TimeSpan.FromSeconds(3), copy.MatchTimeout);
        Assert.Equal(RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, copy.Options);
    }

    [Fact]
    public void A_generated_regex_goes()
    {
        Assert.Equal("x-y", Space().Replace("x y", "-"));

        Assert.Equal("a_b", RoundTrip.Of(Space()).Replace("a b", "_"));
    }

    [GeneratedRegex(" ")]
    private static partial Regex Space();

    [Fact]
    public void A_compiled_regex_goes() => Assert.Equal(["1", "22"], RoundTrip.Of(new Regex("[0-9]+", RegexOptions.Compiled)).Matches("1 a 22").Select(m => m.Value));

    [Fact]
    public void A_match_goes_on_matching()
    {
        Match copy = RoundTrip.Of(Regex.Match("one two three", "(?<word>t)(\\w+)"));

        Assert.Equal("two", copy.Value);
        Assert.Equal("wo", copy.Groups[1].Value);
        Assert.Equal("three", copy.NextMatch().Value);
    }

    [Fact]
    public void All_matches_go() => Assert.Equal(["a", "b"], RoundTrip.Of(Regex.Matches("a b", "[a-z]")).Select(m => m.Value));

    public static TheoryData<Encoding> Encodings =>
    [
        Encoding.UTF8, new UTF8Encoding(false), new UTF8Encoding(true, true), Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32,
        new UTF32Encoding(true, false, true), Encoding.ASCII, Encoding.Latin1, new UnicodeEncoding(false, false, true),
        Encoding.GetEncoding("us-ascii", new EncoderReplacementFallback("(?)"), new DecoderReplacementFallback("(!)")),
        Encoding.GetEncoding("utf-8", new EncoderReplacementFallback("(?)"), DecoderFallback.ExceptionFallback),
        CodePagesEncodingProvider.Instance.GetEncoding(949)!,
        CodePagesEncodingProvider.Instance.GetEncoding("iso-2022-kr")!,
        CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
        CodePagesEncodingProvider.Instance.GetEncoding(1252, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback("x"))!,
    ];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void An_encoding_goes_with_its_mark_and_its_fallbacks(Encoding encoding)
    {
        Encoding copy = RoundTrip.Of(encoding);

        Assert.Equal(encoding.WebName, copy.WebName);
        Assert.Equal(encoding.GetPreamble(), copy.GetPreamble());
        Assert.Equal(encoding.EncoderFallback, copy.EncoderFallback);
        Assert.Equal(encoding.DecoderFallback, copy.DecoderFallback);
        Assert.Equal(encoding.GetBytes("ab"), copy.GetBytes("ab"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ko-KR")]
    [InlineData("en-US")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    [InlineData("de-DE_phoneb")]
    public void A_culture_goes_by_name(string name)
    {
        CultureInfo culture = CultureInfo.GetCultureInfo(name);
        CultureInfo copy = RoundTrip.Of(culture);

        Assert.Equal(culture, copy);
        Assert.Equal(culture.CompareInfo.Name, copy.CompareInfo.Name);
        Assert.True(copy.IsReadOnly);
        DateTime day = new(2024, 3, 1);
        Assert.Equal(day.ToString("D", culture), day.ToString("D", copy));
    }

    [Fact]
    public void A_culture_goes_with_what_has_been_changed_in_it()
    {
        CultureInfo culture = new("ko-KR");
        culture.NumberFormat.NumberDecimalSeparator = "·";
        culture.DateTimeFormat.Calendar = new KoreanCalendar();
        culture.DateTimeFormat.ShortDatePattern = "yyyy~MM~dd";
        culture.DateTimeFormat.DayNames = ["a", "b", "c", "d", "e", "f", "g"];

        CultureInfo copy = RoundTrip.Of(culture);

        Assert.Equal("1·50", 1.5.ToString("N2", copy));
        Assert.Equal(new DateTime(2024, 3, 1).ToString("d", culture), new DateTime(2024, 3, 1).ToString("d", copy));
        Assert.Equal(culture.DateTimeFormat.DayNames, copy.DateTimeFormat.DayNames);
        Assert.IsType<KoreanCalendar>(copy.DateTimeFormat.Calendar);
        Assert.False(copy.IsReadOnly);
    }

    [Fact]
    public void A_changed_culture_that_was_closed_to_changes_goes_with_them()
    {
        CultureInfo culture = new("en-US");
        culture.NumberFormat.NumberDecimalSeparator = "·";
        culture.DateTimeFormat.ShortDatePattern = "yyyy";

        CultureInfo copy = RoundTrip.Of(new[] { CultureInfo.ReadOnly(culture) })[0];

        Assert.Equal("1·50", 1.5.ToString("N2", copy));
        Assert.Equal("2024", new DateTime(2024, 3, 1).ToString("d", copy));
        Assert.True(copy.IsReadOnly);
        Assert.True(copy.NumberFormat.IsReadOnly);
    }

    [Fact]
    public void A_culture_goes_with_its_list_separator_and_its_century()
    {
        CultureInfo culture = new("en-US");
        culture.TextInfo.ListSeparator = "|";
        culture.DateTimeFormat.Calendar.TwoDigitYearMax = 2099;

        CultureInfo copy = RoundTrip.Of(culture);

        Assert.Equal("|", copy.TextInfo.ListSeparator);
        Assert.Equal(new DateTime(2060, 1, 1), DateTime.Parse("1/1/60", copy));
        Assert.Equal(2099, RoundTrip.Of(CultureInfo.ReadOnly(culture)).DateTimeFormat.Calendar.TwoDigitYearMax);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ko-KR")]
    [InlineData("ja-JP")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("he-IL")]
    [InlineData("th-TH")]
    [InlineData("tr-TR")]
    [InlineData("hi-IN")]
    [InlineData("zh-Hant-TW")]
    [InlineData("de-DE_phoneb")]
    public void A_culture_in_which_something_has_been_changed_is_otherwise_what_it_was(string name)
    {
        CultureInfo culture = new(name);
        culture.NumberFormat.NumberDecimalSeparator = "·";
        DateTime day = new(2024, 3, 1, 15, 4, 5);

        (CultureInfo copy, DateTimeFormatInfo dates) = RoundTrip.Of((culture, culture.DateTimeFormat));

        Assert.Equal(1234.5.ToString("N2", culture), 1234.5.ToString("N2", copy));
        Assert.Equal(day.ToString("F", culture), day.ToString("F", copy));
        Assert.Equal(day, DateTime.Parse(day.ToString("g", copy), copy).AddSeconds(day.Second));
        Assert.Equal(culture.EnglishName, copy.EnglishName);
        Assert.Equal("Iıiİ".ToUpper(culture), "Iıiİ".ToUpper(copy));
        Assert.Equal(culture.Calendar.GetType(), copy.Calendar.GetType());
        Assert.Equal(culture.OptionalCalendars.Length, copy.OptionalCalendars.Length);
        Assert.Equal(culture.CompareInfo.Name, copy.CompareInfo.Name);
        Assert.Equal(culture.Parent, copy.Parent);
        Assert.Same(dates, copy.DateTimeFormat);
    }

    [Fact]
    public void Cultures_that_exist_once_exist_once_still()
    {
        Assert.Same(CultureInfo.InvariantCulture, RoundTrip.Of(CultureInfo.InvariantCulture));
        Assert.Same(CultureInfo.GetCultureInfo("ko-KR"), RoundTrip.Of(CultureInfo.GetCultureInfo("ko-KR")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ko-KR")]
    [InlineData("fa-IR")]
    public void Date_formats_go_by_themselves(string name)
    {
        Assert.SkipWhen(Wine.IsRunning && name == "fa-IR", WineGaps.Cultures);
        DateTimeFormatInfo format = CultureInfo.GetCultureInfo(name).DateTimeFormat;
        DateTimeFormatInfo copy = RoundTrip.Of(format);

        DateTime day = new(2024, 3, 1, 15, 4, 5);
        Assert.Equal(day.ToString("F", format), day.ToString("F", copy));
        Assert.Equal(format.GetAllDateTimePatterns(), copy.GetAllDateTimePatterns());
        Assert.Equal(format.MonthNames, copy.MonthNames);
        Assert.Equal(format.IsReadOnly, copy.IsReadOnly);
        Assert.Equal(day, DateTime.Parse(day.ToString("F", copy), copy));
    }

    [Fact]
    public void Number_formats_go()
    {
        NumberFormatInfo copy = RoundTrip.Of(new NumberFormatInfo { CurrencySymbol = "₩", CurrencyDecimalDigits = 0, NumberGroupSizes = [4] });
        Assert.Equal("₩1,234,567", 1_234_567.ToString("C", copy));
        Assert.Equal("123,4567.00", 1_234_567.ToString("N", copy));
    }

    [Fact]
    public void Comparison_rules_and_regions_go()
    {
        Assert.Equal(CultureInfo.GetCultureInfo("sv-SE").CompareInfo, RoundTrip.Of(CultureInfo.GetCultureInfo("sv-SE").CompareInfo));
        Assert.Equal("I".ToLower(CultureInfo.GetCultureInfo("tr-TR")), RoundTrip.Of(CultureInfo.GetCultureInfo("tr-TR").TextInfo).ToLower("I"));
        Assert.Equal("KRW", RoundTrip.Of(new RegionInfo("KR")).ISOCurrencySymbol);
    }

    [Fact]
    public void A_formattable_string_goes()
    {
        int x = 5;
        FormattableString text = $"x = {x,3}";
        Assert.Equal("x =   5", RoundTrip.Of(text).ToString(CultureInfo.InvariantCulture));
    }
}
