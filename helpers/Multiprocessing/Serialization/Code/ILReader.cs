using System.Buffers.Binary;

namespace Multiprocessing.Serialization.Code;

/// <summary>Walks a method body's instructions (ECMA-335, III), giving those whose operand is a metadata token.</summary>
internal ref struct ILReader(ReadOnlySpan<byte> il)
{
    private readonly ReadOnlySpan<byte> _il = il;
    private int _position;

    /// <summary>The opcode of the current instruction; two-byte ones as <c>0xFE..</c>.</summary>
    public int OpCode { get; private set; }

    /// <summary>The token that is the current instruction's operand.</summary>
    public int Token { get; private set; }

    /// <summary>Moves to the next instruction whose operand is a token.</summary>
    public bool MoveToNextToken()
    {
        while (_position < _il.Length)
        {
            int code = _il[_position++];
            if (code == 0xFE)
            {
                code = 0xFE00 | _il[_position++];
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

    private static bool HasToken(int code) => code switch
    {
        0x27 or 0x28 => true, // jmp, call
        0x6F or (>= 0x70 and <= 0x75) => true, // callvirt, cpobj, ldobj, ldstr, newobj, castclass, isinst
        0x79 => true, // unbox
        >= 0x7B and <= 0x81 => true, // ldfld to stobj
        0x8C or 0x8D or 0x8F => true, // box, newarr, ldelema
        >= 0xA3 and <= 0xA5 => true, // ldelem, stelem, unbox.any
        0xC2 or 0xC6 or 0xD0 => true, // refanyval, mkrefany, ldtoken
        0xFE06 or 0xFE07 or 0xFE15 or 0xFE16 or 0xFE1C => true, // ldftn, ldvirtftn, initobj, constrained, sizeof
        _ => false,
    };

    private readonly int OperandSize(int code) => code switch
    {
        >= 0x0E and <= 0x13 => 1, // ldarg.s to stloc.s
        0x1F => 1, // ldc.i4.s
        0x20 or 0x22 => 4, // ldc.i4, ldc.r4
        0x21 or 0x23 => 8, // ldc.i8, ldc.r8
        0x29 => 4, // calli
        >= 0x2B and <= 0x37 => 1, // short branches
        >= 0x38 and <= 0x44 => 4, // branches
        0x45 => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(_il[_position..])), // switch
        0xDD => 4, // leave
        0xDE => 1, // leave.s
        >= 0xFE09 and <= 0xFE0E => 2, // ldarg to stloc
        0xFE12 or 0xFE19 => 1, // unaligned, no
        _ => 0,
    };
}
