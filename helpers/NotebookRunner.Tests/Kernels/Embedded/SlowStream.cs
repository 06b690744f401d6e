namespace NotebookRunner.Tests.Kernels.Embedded;

/// <summary>Hands on what another stream reads, when it is allowed to, and a few bytes at a time.</summary>
internal sealed class SlowStream(Stream inner) : Stream
{
    /// <summary>Whether it hands on what it has read.</summary>
    public ManualResetEventSlim Go { get; } = new(true);

    /// <summary>The most bytes of a read.</summary>
    public int AtOnce { get; set; } = int.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = inner.Read(buffer, offset, Math.Min(count, AtOnce));
        Go.Wait();
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
