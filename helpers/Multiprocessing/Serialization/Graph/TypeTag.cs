namespace Multiprocessing.Serialization.Graph;

/// <summary>How a type is written.</summary>
internal enum TypeTag : byte
{
    /// <summary>A definition: assembly and metadata token.</summary>
    Definition,

    /// <summary>A generic type with its arguments.</summary>
    Constructed,

    /// <summary>A vector: one dimension, from zero.</summary>
    Vector,

    /// <summary>Any other array.</summary>
    Array,

    /// <summary>A pointer type.</summary>
    Pointer,

    /// <summary>A reference to a variable.</summary>
    ByRef,

    /// <summary>A type parameter of a generic type.</summary>
    TypeParameter,

    /// <summary>A type parameter of a generic method.</summary>
    MethodParameter,
}
