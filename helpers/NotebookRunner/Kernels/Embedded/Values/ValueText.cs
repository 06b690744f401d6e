using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace NotebookRunner.Kernels.Embedded.Values;

/// <summary>
/// A value in a line of bounded length, written without running code of the notebook's: no ToString, no property, no enumeration of theirs, which may never end. What cannot be looked into that
/// way is named by its type.
/// </summary>
internal sealed class ValueText
{
    private const int MaxDepth = 3;
    private const int MaxFields = 20;

    private static readonly Assembly Core = typeof(object).Assembly;
    private static readonly FieldInfo? MessageField = typeof(Exception).GetField("_message", BindingFlags.Instance | BindingFlags.NonPublic);

    private readonly StringBuilder _text = new();
    private readonly int _limit;

    private ValueText(int limit) => _limit = limit;

    private bool IsFull => _text.Length > _limit;

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="limit">How long the text may be.</param>
    public static string Of(object? value, int limit)
    {
        var text = new ValueText(limit);
        text.Write(value, depth: 0);
        return text.IsFull ? text._text.ToString(0, limit - 1) + "…" : text._text.ToString();
    }

    private void Write(object? value, int depth)
    {
        try
        {
            if (!IsFull)
                WriteUnchecked(value, depth);
        }
#pragma warning disable CA1031 // Another thread may be changing the value, or it is not whole; the others shall be seen.
        catch (Exception)
#pragma warning restore CA1031
        {
            _text.Append('…');
        }
    }

    private void WriteUnchecked(object? value, int depth)
    {
        switch (value)
        {
            case null:
                _text.Append("null");
                break;
            case string text:
                WriteQuoted(text, '"');
                break;
            case StringBuilder builder:
                WriteQuoted(builder.ToString(0, Math.Min(builder.Length, _limit)), '"');
                break;
            case char character:
                WriteQuoted(character.ToString(), '\'');
                break;
            case bool flag:
                _text.Append(flag ? "true" : "false");
                break;
            case DateTime time:
                _text.Append(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                _text.Append(time.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
                break;
            case DateOnly date:
                _text.Append(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case BigInteger number when number.GetBitLength() > 10_000:
                _text.Append(CultureInfo.InvariantCulture, $"BigInteger ({number.GetBitLength()} bits)");
                break;
            case Enum or BigInteger or Complex:
                _text.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case IFormattable scalar when value is ValueType && value.GetType() is { IsGenericType: false } type && type.Assembly == Core:
                _text.Append(scalar.ToString(null, CultureInfo.InvariantCulture));
                break;
            case Type type:
                _text.Append("typeof(").Append(CSharpTypeName.Of(type)).Append(')');
                break;
            case Task task:
                _text.Append(Name(task.GetType())).Append(": ").Append(task.Status);
                break;
            case Thread thread:
                _text.Append("Thread: ").Append(thread.ThreadState);
                break;
            case Exception exception:
                WriteException(exception);
                break;
            case Delegate:
                _text.Append(Name(value.GetType()));
                break;
            default:
                WriteParts(value, depth);
                break;
        }
    }

    // Its Message may be of anybody's making, or call ToString of what it is about.
    private void WriteException(Exception exception)
    {
        _text.Append(Name(exception.GetType()));
        if (MessageField?.GetValue(exception) is not string message)
            return;
        _text.Append(": ");
        WriteQuoted(message, '"');
    }

    private void WriteParts(object value, int depth)
    {
        var type = value.GetType();
        if (depth == MaxDepth)
            _text.Append(Name(type));
        else if (value is ITuple tuple && type.Assembly == Core)
            WriteSequence('(', Enumerable.Range(0, tuple.Length).Select(i => tuple[i]), ')', depth);
        else if (value is IDictionary pairs && KnownCollections.TryGetElements(value) is not null)
            WritePairs(pairs, depth);
        else if (KnownCollections.TryGetElements(value) is { } elements)
            WriteSequence('[', elements, ']', depth);
        else if (type is { IsConstructedGenericType: true } && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
            WriteSequence('[', new[] { Property(value, "Key"), Property(value, "Value") }, ']', depth);
        else if ((CSharpTypeName.IsOfCell(type) && !type.Name.StartsWith('<')) || type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal))
            WriteFields(value, type, depth);
        else
            _text.Append(Name(type));
    }

    private void WriteSequence(char open, IEnumerable elements, char close, int depth)
    {
        _text.Append(open);
        bool isFirst = true;
        foreach (object? element in elements)
        {
            if (IsFull)
                break;
            _text.Append(isFirst ? "" : ", ");
            isFirst = false;
            Write(element, depth + 1);
        }

        _text.Append(close);
    }

    private void WritePairs(IDictionary pairs, int depth)
    {
        _text.Append('{');
        bool isFirst = true;
        foreach (DictionaryEntry pair in pairs)
        {
            if (IsFull)
                break;
            _text.Append(isFirst ? " [" : ", [");
            isFirst = false;
            Write(pair.Key, depth + 1);
            _text.Append("] = ");
            Write(pair.Value, depth + 1);
        }

        _text.Append(isFirst ? "}" : " }");
    }

    // As a record shows itself, whatever the type would say.
    private void WriteFields(object value, Type type, int depth)
    {
        _text.Append(type.Name.StartsWith('<') ? "" : CSharpTypeName.Of(type) + " ").Append('{');
        bool isFirst = true;
        foreach (var field in Fields(type).Take(MaxFields))
        {
            if (IsFull)
                break;
            _text.Append(isFirst ? " " : ", ").Append(PlainName(field.Name)).Append(" = ");
            isFirst = false;
            Write(field.GetValue(value), depth + 1);
        }

        _text.Append(isFirst ? "}" : " }");
    }

    private static IEnumerable<FieldInfo> Fields(Type type) =>
        type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)
            ? Fields(parent).Concat(OwnFields(type))
            : OwnFields(type);

    private static FieldInfo[] OwnFields(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);

    // <X>k__BackingField, <X>i__Field
    private static string PlainName(string name) => name.StartsWith('<') && name.IndexOf('>', StringComparison.Ordinal) is > 1 and var end ? name[1..end] : name;

    private static object? Property(object value, string name) => value.GetType().GetProperty(name)!.GetValue(value);

    // Of a type that nobody can name, what can be named: an ancestor, or what it can be walked through as.
    private static string Name(Type type)
    {
        var named = type;
        while (!named.IsVisible && !CSharpTypeName.IsOfCell(named) && named.BaseType is { } parent)
            named = parent;
        if (type.Name.StartsWith('<') || named == typeof(object))
        {
            named = type.GetInterfaces().FirstOrDefault(face => face.IsConstructedGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
                ?? named;
        }

        return CSharpTypeName.Of(named);
    }

    private void WriteQuoted(string text, char quote)
    {
        _text.Append(quote);
        foreach (char c in text)
        {
            if (IsFull)
                return;
            _text.Append(c switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\0' => "\\0",
                '\\' => "\\\\",
                _ when c == quote => "\\" + c,
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        _text.Append(quote);
    }
}
