using System.Diagnostics.Metrics;
using Multiprocessing.Tests.Hosting;

namespace Multiprocessing.Tests.Diagnostics;

/// <summary>Listens to the meter of a host, and adds up what it says. Thread-safe.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<(string Name, double Value, Dictionary<string, object?> Tags)> _values = [];

    public Measured(TestHost test)
    {
        Meter meter = test.Host.Telemetry.Instruments!.Meter;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == meter)
            {
                Units[instrument.Name] = instrument.Unit;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The units of the instruments, by their names.</summary>
    public Dictionary<string, string?> Units { get; } = [];

    /// <summary>What an instrument has said since then, as far as it has this tag.</summary>
    public IReadOnlyList<double> Of(string instrument, string? tag = null, object? value = null)
    {
        lock (_values)
        {
            return [.. _values.Where(one => one.Name == instrument && (tag is null || Equals(one.Tags.GetValueOrDefault(tag), value))).Select(static one => one.Value)];
        }
    }

    /// <summary>Asks those that are asked.</summary>
    public void Observe()
    {
        lock (_values)
        {
            _values.Clear();
        }

        _listener.RecordObservableInstruments();
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Dictionary<string, object?> all = new(tags.ToArray());
        lock (_values)
        {
            _values.Add((instrument.Name, value, all));
        }
    }
}
