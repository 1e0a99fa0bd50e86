using System.Reflection;

namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Which namespaces ("rooms") of an assembly may use which. A room is named by what follows the root namespace.</summary>
/// <param name="root">The root namespace. Its own types, and what the compiler makes, may be used by all and use all.</param>
/// <param name="allowed">For each room, the other rooms that it may use.</param>
internal sealed class RoomRules(string root, Dictionary<string, string[]> allowed)
{
    /// <summary>Types of the root that rooms must not use.</summary>
    public Type[] Above { get; init; } = [];

    /// <summary>Types that may use all rooms: tables that know every room of a kind.</summary>
    public Type[] Exempt { get; init; } = [];

    /// <summary>Fails with each use that is not allowed, and where rooms and rules are not the same.</summary>
    public void Check(Assembly assembly)
    {
        Type[] types = [.. assembly.GetTypes().Where(type => RoomOf(type).Length > 0)];
        Assert.Equal(allowed.Keys.Order(), types.Select(RoomOf).Distinct().Order());
        string[] wrong =
        [
            .. from type in types
               where !Exempt.Contains(Outermost(type))
               from needed in TypeDependencies.Of(type)
               where !IsAllowed(RoomOf(type), needed)
               select $"{type.FullName} uses {needed.FullName}",
        ];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong.Distinct()));
    }

    /// <summary>The class that a type is nested in, or the type.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private bool IsAllowed(string room, Type needed)
    {
        string other = RoomOf(needed);
        return other == room || (other.Length == 0 ? !Above.Contains(Outermost(needed)) : allowed[room].Contains(other));
    }

    private string RoomOf(Type type) =>
        type.Namespace is { } name && name.StartsWith(root + ".", StringComparison.Ordinal) ? name[(root.Length + 1)..] : "";
}
