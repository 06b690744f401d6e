using System.Reflection;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>A delegate: of each function in its invocation list, the method and what it is bound to.</summary>
internal sealed class DelegateSerializer(Type type) : Serializer
{
    public override void WriteHead(GraphWriter writer, object value)
    {
        Delegate[] functions = ((Delegate)value).GetInvocationList();
        writer.Output.WriteCount(functions.Length);
        foreach (Delegate function in functions)
        {
            MethodInfo method = function.Method;
            if (method.DeclaringType is null || method.Module.Assembly.IsDynamic)
            {
                throw writer.Refuse(
                    type, "its code was made while this process ran. Send the lambda, or the expression tree, and compile it inside the function.");
            }

            if (method.DeclaringType == type && (function.Target is null || ReferenceEquals(function.Target, function)))
            {
                throw writer.Refuse(type, "it stands for native code at an address of this process. Look the native function up inside the function.");
            }

            writer.Code.Add(method);
            writer.Members.WriteMethod(method);
            writer.WriteReference(function.Target, null);
        }
    }

    public override object ReadHead(GraphReader reader)
    {
        int count = reader.Input.ReadCount();
        Delegate? combined = null;
        for (int i = 0; i < count; i++)
        {
            MethodInfo method = (MethodInfo)reader.Members.ReadMethod();
            object? target = reader.ReadReference();
            combined = Delegate.Combine(combined, Bind(method, target));
        }

        return combined!;
    }

    private Delegate Bind(MethodInfo method, object? target)
    {
        // Without a target a method may still be closed over null: it then takes one argument more (its object is one) than the delegate gives.
        bool open = target is null
            && method.GetParameters().Length + (method.IsStatic ? 0 : 1) == type.GetMethod("Invoke")!.GetParameters().Length;
        if (open)
        {
            return method.CreateDelegate(type);
        }

        bool mayBeOverridden = method is { IsVirtual: true, IsAbstract: false, DeclaringType.IsInterface: false } && target is not null && method.DeclaringType != target.GetType();
        return mayBeOverridden ? BindExactly(method, target!) : Delegate.CreateDelegate(type, target, method);
    }

    /// <summary>
    /// Binds to the method of a base class that <c>base.Method</c> named, where the other way finds the override (and from .NET 11 on does not tell): by the
    /// constructor that every delegate has, which takes the object and the address of the code.
    /// </summary>
    private Delegate BindExactly(MethodInfo method, object target) =>
        (Delegate)type.GetConstructors()[0].Invoke([target, method.MethodHandle.GetFunctionPointer()]);
}
