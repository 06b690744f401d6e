using System.Reflection;
using System.Reflection.Emit;
using Multiprocessing.Serialization.Code;

namespace Multiprocessing.Tests.Serialization;

public class ILReaderTests
{
    private const int Marker = 0x06001234;

    public static TheoryData<string> OpCodeNames => [.. All.Keys];

    private static Dictionary<string, OpCode> All { get; } = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!).Where(static code => code.OpCodeType != OpCodeType.Nternal).ToDictionary(static code => code.Name!);

    /// <summary>Every instruction that .NET knows, before a call: the call is found only if the instruction's size was right.</summary>
    [Theory]
    [MemberData(nameof(OpCodeNames))]
    public void An_instruction_is_as_long_as_it_is(string name)
    {
        OpCode code = All[name];
        byte[] operand = code.OperandType switch
        {
            OperandType.InlineNone => [],
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => [0x28],
            OperandType.InlineVar => [0x28, 0x28],
            OperandType.InlineI8 or OperandType.InlineR => [0x28, 0x28, 0x28, 0x28, 0x28, 0x28, 0x28, 0x28],
            OperandType.InlineSwitch => [2, 0, 0, 0, 0x28, 0x28, 0x28, 0x28, 0x28, 0x28, 0x28, 0x28],
            _ => [0x28, 0x28, 0x28, 0x28],
        };
        bool hasToken = code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineString or OperandType.InlineTok or OperandType.InlineType;
        ILReader reader = new([.. code.Size == 2 ? [(byte)(code.Value >> 8)] : Array.Empty<byte>(), (byte)code.Value, .. operand, (byte)OpCodes.Call.Value, .. BitConverter.GetBytes(Marker)]);

        if (hasToken)
        {
            Assert.True(reader.MoveToNextToken());
            Assert.Equal((ushort)code.Value, reader.OpCode);
            Assert.Equal(0x28282828, reader.Token);
        }

        Assert.True(reader.MoveToNextToken());
        Assert.Equal((OpCodes.Call.Value, Marker), (reader.OpCode, reader.Token));
        Assert.False(reader.MoveToNextToken());
    }
}
