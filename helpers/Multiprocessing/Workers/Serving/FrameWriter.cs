using System.Text;
using Multiprocessing.Connections;
using Multiprocessing.Serialization;

namespace Multiprocessing.Workers.Serving;

/// <summary>
/// The console of a worker: each write goes to the parent at once, on the same way as the result, so that it is there before the result is and
/// nothing is lost in a crash. <see cref="Console"/> makes it thread-safe.
/// </summary>
internal sealed class FrameWriter(FrameSender sender, FrameKind kind) : TextWriter(null)
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (buffer.Length > 0)
        {
            sender.Send(kind, TextBytes.Of(buffer), []);
            sender.Wake();
        }
    }

    public override void WriteLine(string? value) => Write(string.Concat(value, NewLine));

    public override void WriteLine(ReadOnlySpan<char> buffer) => Write(string.Concat(buffer, NewLine));
}
