namespace Solodesk.Engine.Conditions;

/// <summary>What a field holds; it decides which operators fit and which input the editor shows.</summary>
public enum FieldKind
{
    /// <summary>One line of text.</summary>
    Text,

    /// <summary>Text of any length, such as the body of a message.</summary>
    LongText,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>An instant.</summary>
    Date,

    /// <summary>One value of a list.</summary>
    Choice,

    /// <summary>Any number of values of a list, or of free tags.</summary>
    Tags,

    /// <summary>A reference to a person (or another row) by id; <c>me</c> is the person who asks.</summary>
    Person,
}
