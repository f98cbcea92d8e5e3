using Solodesk.Common;
using Solodesk.Customers;

namespace Solodesk.Channels.Web;

/// <summary>What a customer typed into the contact form, and what is wrong with it.</summary>
/// <param name="Name">How they want to be called; may be empty.</param>
/// <param name="Email">Where the answer goes.</param>
/// <param name="Subject">One line; may be empty.</param>
/// <param name="Message">What they want.</param>
public sealed record ContactForm(string Name, string Email, string Subject, string Message)
{
    public const int LongestMessage = 50_000;

    public static ContactForm Empty { get; } = new("", "", "", "");

    internal static ContactForm Of(IncomingForm form) => new(form["name"].Trim(), form["email"].Trim(), form["subject"].Trim(), form["message"].Trim());

    /// <summary>What to mend, first field first.</summary>
    public IEnumerable<Problem> Check()
    {
        if (Name.Length > 200)
        {
            yield return new Problem("contact.name_long") { Field = "name" };
        }

        if (Email.Length == 0)
        {
            yield return new Problem("contact.email_missing") { Field = "email" };
        }
        else if (!FindCustomer.IsEmail(Email))
        {
            yield return new Problem("contact.email_invalid", Email) { Field = "email" };
        }

        if (Message.Length == 0)
        {
            yield return new Problem("contact.message_missing") { Field = "message" };
        }
        else if (Message.Length > LongestMessage)
        {
            yield return new Problem("contact.message_long", LongestMessage) { Field = "message" };
        }
    }
}
