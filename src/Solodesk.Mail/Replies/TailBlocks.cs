namespace Solodesk.Mail.Replies;

/// <summary>Finds what closes a mail without a delimiter: disclaimers, blocks of contact details, NetEase's signature table.</summary>
internal static class TailBlocks
{
    private const int MostLines = 14;

    private static readonly string[] Disclaimers =
    [
        "confidentiality notice", "confidentiality:", "confidential:", "disclaimer", "this email and any", "this e-mail and any", "this message and any", "this email is confidential", "this e-mail is confidential", "this message is confidential",
        "this email may contain", "this e-mail may contain", "this message may contain", "this email (including", "this e-mail (including", "this communication is confidential", "this email message", "this e-mail message", "this electronic mail", "this message contains confidential", "this email contains", "this e-mail contains",
        "the information contained in this", "the information in this email", "the information in this e-mail", "the contents of this email", "the content of this email", "privileged/confidential", "important notice:", "if you are not the intended recipient", "please consider the environment", "this transmission",
        "保密声明", "保密提示", "保密告示", "免责声明", "重要声明", "法律声明", "声明：", "声明:", "本邮件及其附件", "本邮件及附件", "本邮件及任何附件", "本电子邮件及", "本邮件包含", "本邮件所含", "此邮件及", "此邮件可能", "此电子邮件", "此电子邮件及", "本邮件可能", "本郵件及", "本電子郵件", "此電子郵件", "保密聲明", "免責聲明", "【保密", "【免责", "【郵件保密", "请在打印", "打印前请", "请考虑环保",
        "diese e-mail enthält", "diese e-mail und", "diese nachricht enthält", "diese e-mail ist vertraulich", "der inhalt dieser e-mail", "haftungsausschluss", "vertraulichkeitshinweis", "bitte denken sie an die umwelt", "ce message et", "ce message est confidentiel", "ce courriel", "cet e-mail", "les informations contenues dans ce", "avis de confidentialité",
        "este mensaje y", "este mensaje contiene", "este correo", "aviso de confidencialidad", "aviso legal", "la información contenida en este", "questo messaggio", "le informazioni contenute", "avviso di riservatezza", "esta mensagem", "aviso de confidencialidade", "dit bericht is", "dit e-mailbericht", "de informatie in dit", "deze e-mail", "ta wiadomość", "niniejsza wiadomość", "treść tej wiadomości",
        "настоящее сообщение", "данное сообщение", "это сообщение содержит", "denne e-mail", "denne meddelelse", "denne e-posten", "detta meddelande", "detta e-post", "tämä viesti", "tämä sähköposti", "このメールには", "本メールは", "本電子メール", "この電子メール", "이 메일은", "본 메일은", "이 이메일", "본 메일에", "email này", "thư này",
    ];

    private static readonly string[] DisclaimerWords =
    [
        "confidential", "privileged", "intended", "recipient", "disclos", "unauthori", "environment", "保密", "机密", "機密", "特定", "收件人", "收件者", "泄露", "删除", "刪除", "责任", "責任", "环保", "vertraulich", "empfänger", "umwelt", "confidentiel", "destinataire", "confidencial", "destinatario", "destinatário", "riservat", "vertrouwelijk", "poufn", "конфиденциал", "fortrolig", "konfidentiell", "luottamuksell", "機密", "기밀", "수신", "bảo mật",
    ];

    /// <summary>The first line of a block that ends at <paramref name="to"/> and is no text; <paramref name="to"/> if there is none.</summary>
    public static int StartOfLast(List<BodyLine> lines, int from, int to)
    {
        if (to <= from)
        {
            return to;
        }

        for (var start = StartOfParagraph(lines, from, to); start < to; start++)
        {
            if (IsDisclaimer(lines, start, to))
            {
                return start > from && SeparatorLine.IsRule(lines[start - 1].Flat) ? start - 1 : start;
            }
        }

        return NetEaseTable(lines, from, to) is var table && table < to ? table : ContactBlocks.StartOfLast(lines, from, to);
    }

    public static bool IsDisclaimerStart(string flat)
    {
        var line = flat.TrimStart('*', ' ', '-', '_', '"', '“', '[', '【', '(', '（', '#', '=');
        return Array.Exists(Disclaimers, start => line.StartsWith(start, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsDisclaimer(List<BodyLine> lines, int start, int to)
    {
        if (start >= to || !IsDisclaimerStart(lines[start].Flat))
        {
            return false;
        }

        // The opening alone could begin a sentence of the customer's.
        var seen = 0;
        for (var i = start; i < to && i - start < MostLines; i++)
        {
            seen += Array.FindAll(DisclaimerWords, word => lines[i].Flat.Contains(word, StringComparison.OrdinalIgnoreCase)).Length;
        }

        return seen >= 2 || (seen >= 1 && lines[start].Flat.Length < 40);
    }

    private static int StartOfParagraph(List<BodyLine> lines, int from, int to)
    {
        var start = to;
        while (start > from && to - start <= MostLines && !lines[start - 1].IsBlank && lines[start - 1].Kind == ReplySpanKind.Written)
        {
            start--;
        }

        return start;
    }

    // NetEase Mail Master turns its signature card into lines of bars: "| |", name, "|", "|", "邮箱：…", "|".
    private static int NetEaseTable(List<BodyLine> lines, int from, int to)
    {
        if (!IsBars(lines[to - 1].Flat))
        {
            return to;
        }

        var (start, address) = (to, false);
        for (var i = to - 1; i >= from && to - i <= MostLines; i--)
        {
            address |= lines[i].Flat.Contains('@', StringComparison.Ordinal) || lines[i].Flat.StartsWith("邮箱", StringComparison.Ordinal);
            if (IsBars(lines[i].Flat))
            {
                start = i;
            }
        }

        return address || IsBars(lines[start].Flat) ? start : to;
    }

    private static bool IsBars(string flat) => flat.Length > 0 && flat.AsSpan().TrimStart("| ").IsEmpty;
}
