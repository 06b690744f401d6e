using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;

namespace Multiprocessing.Serialization.Code;

/// <summary>What the body of one method refers to, as far as shipping needs it. Cached for as long as the method lives; immutable.</summary>
/// <param name="VariablesRead">Fields of variable holders whose value the body takes.</param>
/// <param name="Callees">
/// Methods that the body may run and that may touch variables: called, made into delegates, or in a state machine that it starts.
/// </param>
internal sealed record MethodReferences(FieldInfo[] VariablesRead, MethodBase[] Callees)
{
    private static readonly ConditionalWeakTable<MethodBase, MethodReferences> Cache = [];

    public static MethodReferences Of(MethodBase method) => Cache.GetValue(method, Read);

    private static MethodReferences Read(MethodBase method)
    {
        HashSet<FieldInfo> variables = [];
        HashSet<MethodBase> callees = [];
        HashSet<string> strings = [];
        HashSet<Type> submissions = [];
        bool dynamicCalls = false;

        byte[]? il = method.GetMethodBody()?.GetILAsByteArray();
        if (il is null)
        {
            return new MethodReferences([], []);
        }

        Type[]? typeArguments = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        Type[]? methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        ILReader reader = new(il);
        while (reader.MoveToNextToken())
        {
            if (reader.OpCode == (int)ILOpCode.Ldstr)
            {
                strings.Add(method.Module.ResolveString(reader.Token));
                continue;
            }

            switch (Resolve(method.Module, reader.Token, typeArguments, methodArguments))
            {
                case FieldInfo field:
                    AddStateMachine(field.DeclaringType);
                    if (GeneratedNames.IsSubmission(field.FieldType))
                    {
                        submissions.Add(field.FieldType);
                    }

                    bool reads = reader.OpCode is (int)ILOpCode.Ldfld or (int)ILOpCode.Ldflda or (int)ILOpCode.Ldtoken;
                    if (reads && !field.IsStatic && field.DeclaringType is { } holder && GeneratedNames.IsVariableHolder(holder))
                    {
                        variables.Add(field);
                    }

                    break;
                case MethodBase callee:
                    AddStateMachine(callee.DeclaringType);
                    if (callee.IsGenericMethod)
                    {
                        Array.ForEach(callee.GetGenericArguments(), AddStateMachine);
                    }

                    dynamicCalls |= callee.DeclaringType?.FullName == "Microsoft.CSharp.RuntimeBinder.Binder";
                    if (GeneratedNames.MayTouchVariables(callee))
                    {
                        callees.Add(callee);
                    }

                    break;
                case Type type:
                    AddStateMachine(type);
                    break;
                default:
                    break;
            }
        }

        if (dynamicCalls)
        {
            AddCandidates();
        }

        return new MethodReferences([.. variables], [.. callees]);

        void AddStateMachine(Type? type)
        {
            if (type is not null && type != method.DeclaringType && GeneratedNames.IsStateMachine(type))
            {
                callees.UnionWith(type.GetMethods(AllDeclared));
            }
        }

        // A call that the dynamic binder resolves names its method in a string; any method of that name may be meant, of this cell or one that is read.
        void AddCandidates()
        {
            for (Type? type = method.DeclaringType; type is not null; type = type.DeclaringType)
            {
                if (GeneratedNames.IsSubmission(type))
                {
                    submissions.Add(type);
                }
            }

            foreach (Type submission in submissions)
            {
                callees.UnionWith(submission.GetMethods(AllDeclared).Where(m => strings.Contains(m.Name)));
            }
        }
    }

    private const BindingFlags AllDeclared =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static MemberInfo? Resolve(Module module, int token, Type[]? typeArguments, Type[]? methodArguments)
    {
        try
        {
            return module.ResolveMember(token, typeArguments, methodArguments);
        }
        catch (Exception e) when (e is ArgumentException or TypeLoadException or FileNotFoundException or FileLoadException
                                      or BadImageFormatException or MissingMemberException)
        {
            // A reference that cannot be resolved here (an optional dependency that is not installed, say) cannot run here either.
            return null;
        }
    }
}
