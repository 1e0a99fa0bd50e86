using System.Reflection;
using System.Reflection.Emit;

namespace ResizeImage.Imaging.Tests.Support;

/// <summary>The types that a type needs: in its signatures, and in the code of its methods (ECMA-335 III). Constants leave no trace in code.</summary>
internal static class TypeDependencies
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The types of the same assembly that <paramref name="type"/> needs, itself not included.</summary>
    public static IEnumerable<Type> Of(Type type)
    {
        HashSet<Type> found = [];
        Add(type.BaseType);
        Array.ForEach(type.GetInterfaces(), Add);
        foreach (FieldInfo field in type.GetFields(Declared))
        {
            Add(field.FieldType);
        }

        foreach (MethodBase method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
        {
            Add((method as MethodInfo)?.ReturnType);
            Array.ForEach(method.GetParameters(), parameter => Add(parameter.ParameterType));
            foreach (MemberInfo member in Members(method))
            {
                Add(member as Type ?? member.DeclaringType);
                Add((member as MethodInfo)?.ReturnType);
                Add((member as FieldInfo)?.FieldType);
            }
        }

        found.Remove(type);
        return found;

        void Add(Type? needed)
        {
            if (needed?.HasElementType == true)
            {
                Add(needed.GetElementType());
            }
            else if (needed is not null && !needed.IsGenericParameter)
            {
                Array.ForEach(needed.GetGenericArguments(), Add);
                Type definition = needed.IsGenericType ? needed.GetGenericTypeDefinition() : needed;
                if (definition.Assembly == type.Assembly)
                {
                    found.Add(definition);
                }
            }
        }
    }

    /// <summary>The members and types that the code of a method names, and the types of its local variables.</summary>
    private static IEnumerable<MemberInfo> Members(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            yield break;
        }

        foreach (LocalVariableInfo local in body.LocalVariables)
        {
            yield return local.LocalType;
        }

        Type[]? typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        Type[]? methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        byte[] code = body.GetILAsByteArray()!;
        for (int i = 0; i < code.Length;)
        {
            short value = code[i] == 0xFE ? (short)(0xFE00 | code[++i]) : code[i];
            OperandType operand = OpCodes[value].OperandType;
            i++;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, i), typeArguments, methodArguments)!;
            }

            i += SizeOf(operand, code, i);
        }
    }

    private static int SizeOf(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
