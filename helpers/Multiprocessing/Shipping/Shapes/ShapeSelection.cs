using System.Reflection;
using System.Runtime.CompilerServices;
using Multiprocessing.Memory;
using Multiprocessing.Shipping.Assemblies;
using Multiprocessing.Shipping.Code;
using Multiprocessing.Shipping.Shapes.Collections;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>Decides how a type goes. What is not known to survive the journey is refused, never guessed at.</summary>
internal static class ShapeSelection
{
    public static Shape Select(Type type) => type.IsValueType || type.IsPointer || type.IsFunctionPointer ? ForValue(type) : ForObject(type);

    private static Shape ForValue(Type type)
    {
        if (type == typeof(nint) || type == typeof(nuint) || !type.IsValueType)
        {
            return new AddressShape(type);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return new NullableShape(underlying);
        }

        if (ObjectData.IsPlain(type))
        {
            return new PlainValueShape(type);
        }

        if (BigIntegerShape.IsFor(type))
        {
            return new BigIntegerShape();
        }

        return Refusals.AdviceFor(type) is { } advice ? new RefusedShape(type, advice)
            : type.IsDefined(typeof(InlineArrayAttribute), false) ? new RefusedShape(type, "an inline array of references is not supported. Use an array.")
            : WalkShape.TrySelect(type) ?? new StructShape(type);
    }

    private static Shape ForObject(Type type)
    {
        if (type == typeof(string))
        {
            return new StringShape();
        }

        if (type.IsArray)
        {
            Type element = type.GetElementType()!;
            return element.IsPointer || element.IsFunctionPointer ? new AddressArrayShape(type)
                : ObjectData.IsPlain(element) ? new PlainArrayShape(type)
                : new ElementArrayShape(type);
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return new DelegateShape(type);
        }

        // The first object of every call; found out without a look at any table.
        if (type.Namespace == typeof(Calls.Call).Namespace || type.Namespace == typeof(Pools.Serving.TaskFunction).Namespace)
        {
            return new ObjectShape(type);
        }

        if (typeof(Exception).IsAssignableFrom(type))
        {
            return new ExceptionShape(type);
        }

        if (typeof(ISharedObject).IsAssignableFrom(type))
        {
            return new SharedObjectShape(type);
        }

        if (LeafShapes.TrySelect(type) is { } leaf)
        {
            return leaf;
        }

        if (Refusals.AdviceFor(type) is { } advice)
        {
            return new RefusedShape(type, advice);
        }

        if (GeneratedNames.IsVariableHolder(type))
        {
            return new VariableHolderShape(type);
        }

        if (CollectionShapes.TrySelect(type) is { } collection)
        {
            return collection;
        }

        if (WalkShape.TrySelect(type) is { } walk)
        {
            return walk;
        }

        if (UnknownAncestor(type) is { } unknown)
        {
            return new RefusedShape(type, unknown == type
                ? "what this class of .NET keeps inside may mean nothing there. Make it inside the function, from values that can go."
                : $"what its base class {unknown} keeps inside may mean nothing there. Make it inside the function, from values that can go.");
        }

        return new ObjectShape(type, GeneratedNames.IsStateMachine(type) ? type.GetMethods(AllDeclared) : null);
    }

    private const BindingFlags AllDeclared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The first class in the line of descent that is .NET's own, has fields, and is not known to be nothing but data.</summary>
    private static Type? UnknownAncestor(Type type)
    {
        for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            bool known = !FrameworkAssemblies.IsFramework(level.Assembly) || PlainDataTypes.Contains(level);
            bool empty = level != type && level.GetFields(AllDeclared).Length == 0;
            if (!known && !empty)
            {
                return level;
            }
        }

        return null;
    }
}
