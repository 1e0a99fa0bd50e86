namespace ResizeImage.Imaging.Metadata.Xmp;

/// <summary>
/// Walks over an XMP packet (XMP part 1, 7): RDF in XML, in which a simple property is an attribute or an element with a text, and struct fields
/// are properties of a nested element. Binds names by the URIs of their namespaces. Memory does not depend on the packet.
/// </summary>
internal static class XmpReader
{
    /// <summary>Larger packets are not read. A packet in JPEG has at most 64 kB.</summary>
    private const int MaxBytes = 1 << 20;

    private const int MaxDepth = 64;

    /// <summary>Namespaces bound at a time. Adobe's programs bind up to 40.</summary>
    private const int MaxBindings = 128;

    /// <summary>Reports all elements and properties to a visitor, up to where the packet ends or is corrupt.</summary>
    public static void Read(ReadOnlySpan<byte> xmp, IXmpVisitor visitor)
    {
        if (xmp.Length > MaxBytes)
        {
            return;
        }

        Scope scope = new(xmp);
        XmlScanner scanner = new(xmp);
        while (scanner.Read())
        {
            switch (scanner.Token)
            {
                case XmlToken.Start when scope.TryEnter(scanner.Value, scanner.Attributes):
                    visitor.Enter(scope.Namespace, scope.Name, scope.Depth);
                    ReportAttributes(scope, scanner.Attributes, visitor);
                    if (scanner.IsEmpty)
                    {
                        visitor.Leave(scope.Depth);
                        scope.Leave();
                    }

                    break;
                case XmlToken.Text when scope.Depth > 0:
                    ReadOnlySpan<byte> text = scanner.Value.Trim(" \t\r\n"u8);
                    if (!text.IsEmpty)
                    {
                        visitor.Property(scope.Namespace, scope.Name, text);
                    }

                    break;
                case XmlToken.End when scope.Depth > 0:
                    visitor.Leave(scope.Depth);
                    scope.Leave();
                    break;
                default:
                    if (scanner.Token != XmlToken.Text)
                    {
                        return;
                    }

                    break;
            }
        }
    }

    private static void ReportAttributes(in Scope scope, ReadOnlySpan<byte> attributes, IXmpVisitor visitor)
    {
        while (XmlScanner.TakeAttribute(ref attributes, out ReadOnlySpan<byte> qualified, out ReadOnlySpan<byte> value))
        {
            int colon = qualified.IndexOf((byte)':');
            if (colon > 0)
            {
                visitor.Property(scope.NamespaceOf(qualified[..colon]), qualified[(colon + 1)..], value);
            }
        }
    }

    /// <summary>The open elements and the namespaces bound in them.</summary>
    private ref struct Scope(ReadOnlySpan<byte> xmp)
    {
        private readonly ReadOnlySpan<byte> _xmp = xmp;
        private readonly Element[] _elements = new Element[MaxDepth + 1];
        private readonly Binding[] _bindings = new Binding[MaxBindings];
        private int _boundCount;

        /// <summary>Open elements.</summary>
        public int Depth { get; private set; }

        /// <summary>Of the innermost element.</summary>
        public readonly XmpNamespace Namespace => _elements[Depth].Namespace;

        /// <summary>The local name of the innermost element.</summary>
        public readonly ReadOnlySpan<byte> Name => _xmp[_elements[Depth].Name];

        /// <summary>Opens an element.</summary>
        /// <returns>False if there are too many elements or namespaces.</returns>
        public bool TryEnter(ReadOnlySpan<byte> qualified, ReadOnlySpan<byte> attributes)
        {
            int bound = _boundCount;
            if (Depth == MaxDepth || !TryBind(attributes))
            {
                return false;
            }

            int colon = qualified.IndexOf((byte)':');
            XmpNamespace space = NamespaceOf(qualified[..Math.Max(0, colon)]);
            _elements[++Depth] = new Element(space, RangeOf(qualified[(colon + 1)..]), bound);
            return true;
        }

        public void Leave() => _boundCount = _elements[Depth--].BoundBefore;

        /// <param name="prefix">Empty for the default namespace.</param>
        public readonly XmpNamespace NamespaceOf(ReadOnlySpan<byte> prefix)
        {
            for (int i = _boundCount - 1; i >= 0; i--)
            {
                if (_xmp[_bindings[i].Prefix].SequenceEqual(prefix))
                {
                    return _bindings[i].Namespace;
                }
            }

            return XmpNamespace.Other;
        }

        private bool TryBind(ReadOnlySpan<byte> attributes)
        {
            while (XmlScanner.TakeAttribute(ref attributes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> uri))
            {
                if (name.StartsWith("xmlns"u8) && (name.Length == 5 || name[5] == ':'))
                {
                    if (_boundCount == MaxBindings)
                    {
                        return false;
                    }

                    _bindings[_boundCount++] = new Binding(RangeOf(name.Length == 5 ? name[5..] : name[6..]), XmpNamespaces.Of(uri));
                }
            }

            return true;
        }

        /// <summary>Arrays cannot hold spans: they hold where a part of the packet is.</summary>
        private readonly Range RangeOf(ReadOnlySpan<byte> part)
        {
            _xmp.Overlaps(part, out int start);
            return start..(start + part.Length);
        }
    }

    private readonly record struct Element(XmpNamespace Namespace, Range Name, int BoundBefore);

    private readonly record struct Binding(Range Prefix, XmpNamespace Namespace);
}

/// <summary>Receives what <see cref="XmpReader"/> finds.</summary>
internal interface IXmpVisitor
{
    /// <summary>An element begins.</summary>
    /// <param name="space">The namespace of its name.</param>
    /// <param name="name">The local name.</param>
    /// <param name="depth">From 1.</param>
    void Enter(XmpNamespace space, ReadOnlySpan<byte> name, int depth);

    /// <summary>An attribute of the innermost element, or its text under the element's own name.</summary>
    /// <param name="space">The namespace of the name.</param>
    /// <param name="name">The local name.</param>
    /// <param name="value">In UTF-8; entities are not replaced.</param>
    void Property(XmpNamespace space, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value);

    /// <summary>The innermost element ends.</summary>
    /// <param name="depth">The same as on entering.</param>
    void Leave(int depth);
}
