using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multiprocessing.Serialization;
using Multiprocessing.Serialization.Assemblies;
using Multiprocessing.Serialization.Serializers;

namespace Multiprocessing.Workers.Serving;

/// <summary>
/// Inputs or results of one type on their way: bits as they are where that is possible, else each as a graph of its own, so that one that cannot be sent or rebuilt
/// spoils no other; except for those behind it, if it leaves large arrays unread that came with them.
/// </summary>
/// <typeparam name="T">The type.</typeparam>
internal static class TaskData<T>
{
    /// <summary>Whether values are nothing but bits.</summary>
    public static readonly bool IsPlain = RawBits.IsPlain(typeof(T));

    /// <summary>How many bytes a value is, if it is nothing else; zero if it is more.</summary>
    public static int PlainSize => IsPlain ? Unsafe.SizeOf<T>() : 0;

    /// <summary>Writes values.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="values">The values.</param>
    /// <param name="name">What a reader calls each of them, for the message of an error.</param>
    /// <param name="context">The process's.</param>
    /// <param name="attach">Whether large arrays may go beside the payload.</param>
    /// <param name="onError">Is told which value cannot go, and why; those behind it are not written then. If it is null, that is thrown.</param>
    /// <returns>What else goes.</returns>
    public static Shipment Write(PayloadWriter output, ReadOnlySpan<T> values, Func<int, string> name, SerializationContext context, bool attach, Action<int, Exception>? onError = null)
    {
        if (IsPlain)
        {
            ref byte first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values));
            output.WriteBytes(MemoryMarshal.CreateReadOnlySpan(ref first, checked(values.Length * Unsafe.SizeOf<T>())));
            return Shipment.Empty;
        }

        HashSet<Assembly> assemblies = [];
        List<Attachment> attachments = [];
        List<ISharedObject> shared = [];
        for (int i = 0; i < values.Length; i++)
        {
            int index = i;
            Shipment shipment;
            try
            {
                shipment = Shipment.Pack(values[i], () => name(index), context, attach);
            }
#pragma warning disable CA1031 // Whatever it is, it is about this value.
            catch (Exception e) when (onError is not null)
#pragma warning restore CA1031
            {
                onError(i, e is TargetInvocationException { InnerException: { } inner } ? inner : e);
                break;
            }

            output.WriteInt32(shipment.Payload.Length);
            output.WriteBytes(shipment.Payload.Span);
            assemblies.UnionWith(shipment.Assemblies);
            attachments.AddRange(shipment.Attachments);
            shared.AddRange(shipment.Shared);
        }

        return new Shipment(default, assemblies, attachments, shared);
    }

    /// <summary>Reads what the other side wrote.</summary>
    /// <param name="input">Where from.</param>
    /// <param name="values">Where to; the default of the type for a value that could not be rebuilt.</param>
    /// <param name="context">The process's.</param>
    /// <param name="resolver">Finds the assemblies that the other side means.</param>
    /// <param name="attachments">Where the large arrays come from.</param>
    /// <returns>Why values could not be rebuilt; null if all were.</returns>
    public static Exception?[]? Read(PayloadReader input, Span<T> values, SerializationContext context, IAssemblyResolver resolver, IAttachmentSource? attachments)
    {
        if (IsPlain)
        {
            ref byte first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values));
            Span<byte> bytes = MemoryMarshal.CreateSpan(ref first, values.Length * Unsafe.SizeOf<T>());
            input.ReadBytes(bytes.Length).CopyTo(bytes);
            return null;
        }

        Exception?[]? errors = null;
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlyMemory<byte> graph = input.ReadMemory(input.ReadInt32());
            try
            {
                values[i] = (T)Shipment.Unpack(graph, context, attachments, resolver)!;
            }
#pragma warning disable CA1031 // Rebuilding runs code of the values' own types; whatever that does, whoever waits must be told.
            catch (Exception e)
#pragma warning restore CA1031
            {
                errors ??= new Exception?[values.Length];
                errors[i] = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
                if (attachments is { Remaining: > 0 })
                {
                    // Which of the large arrays that follow are this value's, nobody knows: the others would take them for theirs.
                    errors.AsSpan(i + 1).Fill(errors[i]);
                    break;
                }
            }
        }

        return errors;
    }
}
