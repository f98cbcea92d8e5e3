using Solodesk.Mail.Replies;

namespace Solodesk.Mail.Tests.Replies;

internal static class SpanAssert
{
    public static void CoverTheText(ExtractedReply reply)
    {
        var position = 0;
        foreach (var span in reply.Spans)
        {
            Assert.Equal(position, span.Start);
            Assert.True(span.Length > 0);
            position = span.End;
        }

        Assert.Equal(reply.Text.Length, position);
    }
}
