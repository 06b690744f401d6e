using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>A time zone: by its name where this machine knows it, else by its rules.</summary>
internal sealed class TimeZoneSerializer : Serializer
{
    private const string Utc = "=UTC";
    private const string Local = "=local";

    public override void WriteHead(GraphWriter writer, object value)
    {
        // Conversions ask whether a zone is the very object that is UTC, or local.
        TimeZoneInfo zone = (TimeZoneInfo)value;
        string? name = zone == TimeZoneInfo.Utc ? Utc
            : zone == TimeZoneInfo.Local ? Local
            : TimeZoneInfo.TryFindSystemTimeZoneById(zone.Id, out TimeZoneInfo? known) && known.Equals(zone) && known.DisplayName == zone.DisplayName ? zone.Id
            : null;
        writer.Output.WriteString(name);
        if (name is null)
        {
            writer.Output.WriteString(zone.ToSerializedString());
        }
    }

    public override object ReadHead(GraphReader reader) => reader.Input.ReadString() switch
    {
        Utc => TimeZoneInfo.Utc,
        Local => TimeZoneInfo.Local,
        { } name => TimeZoneInfo.FindSystemTimeZoneById(name),
        null => TimeZoneInfo.FromSerializedString(reader.Input.ReadString()!),
    };
}
