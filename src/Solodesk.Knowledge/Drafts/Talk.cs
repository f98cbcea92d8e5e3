using System.Text;
using Solodesk.Tickets;

namespace Solodesk.Knowledge.Drafts;

/// <summary>A conversation as plain lines: the newest whole as far as there is room, the oldest left out first.</summary>
internal static class Talk
{
    private const int MostOfOne = 2500;
    private const int MostOfAll = 9000;

    /// <summary>Acknowledgements that were sent by themselves say nothing; what the bot of the chat answered does.</summary>
    public static string Of(IEnumerable<Message> messages, bool withNotes)
    {
        var lines = new List<string>();
        var length = 0;
        foreach (var message in messages.Where(m => (!m.Automatic || m is { Channel: "chat", Kind: MessageKind.Reply }) && (m.IsPublic || (withNotes && m.Kind == MessageKind.Note))).Reverse())
        {
            var who = message.Kind switch { MessageKind.Inbound => "Customer", MessageKind.Note => "Private note", _ => message.Automatic ? "Our bot" : "We" };
            var line = new StringBuilder(who).Append(": ").Append(message.Body.Length <= MostOfOne ? message.Body : string.Concat(message.Body.AsSpan(0, MostOfOne), "…")).ToString();
            length += line.Length;
            if (length > MostOfAll && lines.Count > 0)
            {
                break;
            }

            lines.Add(line);
        }

        lines.Reverse();
        return string.Join("\n\n", lines);
    }

    /// <summary>The customer's message that waits for an answer; null when we spoke last.</summary>
    public static Message? Open(IEnumerable<Message> messages)
        => messages.LastOrDefault(m => m.IsPublic && !m.Automatic) is { Kind: MessageKind.Inbound } last ? last : null;
}
