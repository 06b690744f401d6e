using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Multiprocessing.Tests.Serialization.Properties;

/// <summary>Checks what must be true of every graph, on random ones.</summary>
/// <remarks>
/// A failure tells the choices that it comes down to, to be pasted into a test, and where to start again, right at the failing graph:
/// <c>Replay directly at failing step with (1,2,30)</c> is done by <c>SHIPPING_REPLAY=1,2,30 dotnet test …</c>. For a longer search,
/// <c>SHIPPING_GRAPHS=100</c> takes a hundred times as many.
/// </remarks>
internal static class Property
{
    private const int MostChoices = 160;

    /// <summary>Checks a property on graphs until it fails or <paramref name="count"/> of them have passed.</summary>
    public static Task HoldsAsync(int count, Action<Choices> property) => Task.Run(() =>
        Check.One(Config(count), Prop.ForAll(Arbitrary(), choices =>
        {
            property(choices);
            return true;
        })));

    /// <inheritdoc cref="HoldsAsync(int, Action{Choices})"/>
    public static Task HoldsAsync(int count, Func<Choices, Task> property) => Task.Run(() =>
        Check.One(Config(count), Prop.ForAll(Arbitrary(), property)));

    private static Config Config(int count) => FsCheck.Config.QuickThrowOnFailure
        .WithMaxTest(count * (int.TryParse(Environment.GetEnvironmentVariable("SHIPPING_GRAPHS"), CultureInfo.InvariantCulture, out int times) ? times : 1))
        .WithStartSize(10)
        .WithEndSize(MostChoices)
        .WithReplay(Replay());

    private static Arbitrary<Choices> Arbitrary()
    {
        Arbitrary<int[]> numbers = Arb.From(Gen.Choose(0, int.MaxValue).ArrayOf(), Shrink);
        return numbers.Convert(static all => new Choices(all), static choices => choices.Numbers);
    }

    /// <summary>Leaves out half, a quarter, ... one number; then makes single numbers smaller.</summary>
    private static IEnumerable<int[]> Shrink(int[] numbers)
    {
        for (int length = (numbers.Length + 1) / 2; length > 0; length = length == 1 ? 0 : (length + 1) / 2)
        {
            for (int start = 0; start < numbers.Length; start += length)
            {
                yield return [.. numbers[..start], .. numbers[Math.Min(start + length, numbers.Length)..]];
            }
        }

        for (int i = 0; i < numbers.Length; i++)
        {
            foreach (int smaller in ((int[])[0, 1, numbers[i] % 1000, numbers[i] - 1]).Where(n => n >= 0 && n < numbers[i]))
            {
                yield return [.. numbers[..i], smaller, .. numbers[(i + 1)..]];
            }
        }
    }

    private static FSharpOption<Replay>? Replay() =>
        Environment.GetEnvironmentVariable("SHIPPING_REPLAY")?.Trim('(', ')').Split(',') is [string seed, string gamma, .. string[] size]
            ? FSharpOption<Replay>.Some(new Replay(
                new Rnd(ulong.Parse(seed, CultureInfo.InvariantCulture), ulong.Parse(gamma, CultureInfo.InvariantCulture)),
                size.Length > 0 ? FSharpOption<int>.Some(int.Parse(size[0], CultureInfo.InvariantCulture)) : FSharpOption<int>.None))
            : null;
}
