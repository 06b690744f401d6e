using System.Buffers.Binary;
using System.Reflection.Metadata;

namespace Multiprocessing.Serialization.Code;

/// <summary>Reads a method body's instructions (ECMA-335, III) and gives those whose operand is a metadata token.</summary>
/// <remarks>Of <see cref="ILOpCode"/> only the values are used, so that its assembly need not be loaded to run this.</remarks>
internal ref struct ILReader(ReadOnlySpan<byte> il)
{
    private const int TwoByteCodes = 0xFE;

    private readonly ReadOnlySpan<byte> _il = il;
    private int _position;

    /// <summary>The current instruction, as a value of <see cref="ILOpCode"/>.</summary>
    public int OpCode { get; private set; }

    /// <summary>The token that is the current instruction's operand.</summary>
    public int Token { get; private set; }

    /// <summary>Moves to the next instruction whose operand is a token.</summary>
    public bool MoveToNextToken()
    {
        while (_position < _il.Length)
        {
            int code = _il[_position++];
            if (code == TwoByteCodes)
            {
                code = (TwoByteCodes << 8) | _il[_position++];
            }

            if (HasToken(code))
            {
                OpCode = code;
                Token = BinaryPrimitives.ReadInt32LittleEndian(_il[_position..]);
                _position += 4;
                return true;
            }

            _position += OperandSize(code);
        }

        return false;
    }

    private static bool HasToken(int code) => (ILOpCode)code
        is ILOpCode.Jmp or ILOpCode.Call or ILOpCode.Callvirt or ILOpCode.Newobj or ILOpCode.Ldftn or ILOpCode.Ldvirtftn
        or ILOpCode.Ldstr or ILOpCode.Ldtoken
        or ILOpCode.Ldfld or ILOpCode.Ldflda or ILOpCode.Stfld or ILOpCode.Ldsfld or ILOpCode.Ldsflda or ILOpCode.Stsfld
        or ILOpCode.Cpobj or ILOpCode.Ldobj or ILOpCode.Stobj or ILOpCode.Initobj or ILOpCode.Sizeof or ILOpCode.Constrained
        or ILOpCode.Castclass or ILOpCode.Isinst or ILOpCode.Box or ILOpCode.Unbox or ILOpCode.Unbox_any
        or ILOpCode.Newarr or ILOpCode.Ldelema or ILOpCode.Ldelem or ILOpCode.Stelem or ILOpCode.Mkrefany or ILOpCode.Refanyval;

    /// <summary>The size of an operand that is no token, in bytes. The codes of each kind stand in a row.</summary>
    private readonly int OperandSize(int code) => (ILOpCode)code switch
    {
        >= ILOpCode.Ldarg_s and <= ILOpCode.Stloc_s => 1,
        ILOpCode.Ldc_i4_s or ILOpCode.Unaligned or NoCheck => 1,
        ILOpCode.Ldc_i4 or ILOpCode.Ldc_r4 or ILOpCode.Calli => 4,
        ILOpCode.Ldc_i8 or ILOpCode.Ldc_r8 => 8,
        (>= ILOpCode.Br_s and <= ILOpCode.Blt_un_s) or ILOpCode.Leave_s => 1,
        (>= ILOpCode.Br and <= ILOpCode.Blt_un) or ILOpCode.Leave => 4,
        ILOpCode.Switch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(_il[_position..])),
        >= ILOpCode.Ldarg and <= ILOpCode.Stloc => 2,
        _ => 0,
    };

    /// <summary>The prefix <c>no.</c>, which has no name there.</summary>
    private const ILOpCode NoCheck = (ILOpCode)0xFE19;
}
