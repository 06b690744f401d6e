namespace NotebookRunner.Handouts.Terminals;

/// <summary>The 256 colours of terminals, and what can be read of them on which paper.</summary>
internal static class TerminalColors
{
    // WCAG 2.2, 1.4.3.
    private const double EnoughContrast = 4.5;

    private static readonly int[] Basic =
    [
        0x000000, 0xCD3131, 0x0B8A4F, 0x949800, 0x0451A5, 0xBC05BC, 0x0598BC, 0xC0C0C0,
        0x666666, 0xF14C4C, 0x23D18B, 0xF5F543, 0x3B8EEA, 0xD670D6, 0x29B8DB, 0xFFFFFF,
    ];

    private static readonly int[] Steps = [0, 95, 135, 175, 215, 255];

    /// <summary>The colour of a number: 16 with names, a cube of 216, 24 greys.</summary>
    internal static int? Of(int number) => number switch
    {
        < 16 => Basic[number],
        < 232 => Rgb(Steps[(number - 16) / 36], Steps[(number - 16) / 6 % 6], Steps[(number - 16) % 6]),
        < 256 => Rgb(8 + ((number - 232) * 10), 8 + ((number - 232) * 10), 8 + ((number - 232) * 10)),
        _ => null,
    };

    /// <summary>The colour itself where it can be read on the background, or else the nearest one that can: black text on black is no text.</summary>
    internal static int Readable(int color, int background)
    {
        int end = Contrast(0x000000, background) > Contrast(0xFFFFFF, background) ? 0x000000 : 0xFFFFFF;
        for (int percent = 0; percent < 100; percent += 5)
        {
            int mixed = Mix(color, end, percent);
            if (Contrast(mixed, background) >= EnoughContrast)
                return mixed;
        }

        return end;
    }

    private static int Mix(int color, int other, int percent)
    {
        int Channel(int shift) => ((((color >> shift) & 0xFF) * (100 - percent)) + (((other >> shift) & 0xFF) * percent)) / 100;
        return Rgb(Channel(16), Channel(8), Channel(0));
    }

    private static int Rgb(int red, int green, int blue) => (red << 16) | (green << 8) | blue;

    private static double Contrast(int first, int second)
    {
        double a = Luminance(first);
        double b = Luminance(second);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(int color) => (0.2126 * Linear(color >> 16)) + (0.7152 * Linear(color >> 8)) + (0.0722 * Linear(color));

    private static double Linear(int channel)
    {
        double value = (channel & 0xFF) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
