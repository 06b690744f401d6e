using System.Reflection;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>Names of LINQ to XML: each exists once in a process and is compared by reference, so it is looked up, not copied.</summary>
internal static class XmlNameSerializer
{
    public static Serializer For(Type type)
    {
        // By reflection: System.Xml.Linq need not be loaded to run a function that has nothing to do with it.
        MethodInfo get = type.GetMethod("Get", BindingFlags.Public | BindingFlags.Static, [typeof(string)])!;
        return new AtomSerializer<object>(
            static (w, name) => w.Output.WriteString(name.ToString()),
            r => get.Invoke(null, [r.Input.ReadString()!])!);
    }
}
