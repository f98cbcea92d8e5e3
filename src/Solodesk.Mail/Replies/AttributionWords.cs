using System.Buffers;

namespace Solodesk.Mail.Replies;

/// <summary>The words of the sentence that introduces a quote, in every language together.</summary>
internal static class AttributionWords
{
    /// <summary>"wrote" and its translations, the longer form before the shorter.</summary>
    public static readonly string[] Wrote =
    [
        "写道", "寫道", "写到", "寫到", "来信写道", "撰写", "撰寫", "发送的邮件", "写的邮件",
        "wrote", "writes", "has written", "written", "wrote the following",
        "schrieben Sie", "schrieb", "geschrieben", "schreibt",
        "a écrit", "a ecrit", "écrit", "écrivit", "nous a dit",
        "escribió", "escribio", "ha escrito", "escribe",
        "ha scritto", "scritto", "scrisse", "scrive",
        "escreveu", "escreveram", "escrevia",
        "het volgende geschreven", "schreef", "geschreven", "schrijft",
        "napisał(a)", "napisała", "napisał", "napisal(a)", "pisze", "napisano",
        "написал(а)", "написал", "написала", "писал(а)", "писал", "писала", "пишет", "пише", "написав", "написала",
        "skrev", "skriver", "skrev följande", "kirjoitti", "kirjoittaa",
        "さんは書きました", "が書きました", "は書きました", "書きました", "さんのメッセージ", "のメッセージ", "のメール", "さんは書いています", "書いた", "からのメッセージ",
        "님이 작성", "이(가) 작성한 메시지", "작성한 메시지", "작성", "님이 쓴 글", "쓴 글", "썼습니다", "님의 메시지", "님이 썼습니다", "님의 말",
        "đã viết", "viết", "napsal", "napsal(a)", "napísal", "írta", "yazdı", "şunu yazdı", "a scris", "va escriure", "έγραψε", "menulis", "เขียนว่า", "je napisao", "je napisal/a",
    ];

    /// <summary>What such a sentence begins with when it begins with a preposition or an article.</summary>
    public static readonly string[] Openers =
    [
        "在", "于", "於", "On", "At", "In message", "In a message dated", "Am", "Le", "El", "Il", "In data", "Il giorno", "Em", "No dia", "A", "Op", "W dniu", "Dnia", "Den", "På", "Vào", "Vào lúc", "Lúc", "Ngày", "Dne", "Dňa", "В", "La", "Pe", "Στις", "Pada", "W", "Na", "El día", "Op datum",
    ];

    /// <summary>Words that show a sentence of prose about a mail, not the header of one.</summary>
    public static readonly string[] Prose =
    [
        "日的", "号的", "會議", "会议", "邮件里", "邮件中", "信里", "信中", "通知里", "通知中", "说明里", "说明中", "公告", "页面", "合同", "文档", "评论", "备注", "郵件中", "信件中", "in the email", "in his email", "in her email", "in your email", "in their email", "in an email", "in the mail",
        "in the contract", "in the manual", "in my last", "in your last", "in the chat", "on the website", "in der E-Mail", "in der Mail", "dans le mail", "en el correo", "en su correo", "nella mail", "no e-mail", "in de mail",
    ];

    /// <summary>What Horde and its kin write instead: "Quoting Ann &lt;ann@example.com&gt;:".</summary>
    public static readonly string[] Quoting = ["Quoting", "Zitat von", "Citando a", "Citando", "Quota", "Citat", "Citerar", "Citat fra", "Citaat van", "Cytowanie", "Цитирую", "引用", "Lainaus"];

    private static readonly SearchValues<string> AnyWrote = SearchValues.Create(Wrote, StringComparison.OrdinalIgnoreCase);
    private static readonly string[] IdeographicWrote = [.. Wrote.Where(word => Words.IsIdeograph(word[0]))];
    private static readonly string[] AlphabeticWrote = [.. Wrote.Where(word => !Words.IsIdeograph(word[0]))];

    /// <summary>Where "wrote" stands in a sentence, and where it ends; null if it does not.</summary>
    public static (int Start, int End)? FindWrote(string sentence)
    {
        if (!sentence.AsSpan().ContainsAny(AnyWrote))
        {
            return null;
        }

        (int Start, int End)? last = null;
        var ideographic = sentence.AsSpan().IndexOfAnyInRange('\u3040', '\uD7A3') >= 0;
        if (ideographic)
        {
            foreach (var word in IdeographicWrote)
            {
                Note(word, sentence.LastIndexOf(word, StringComparison.Ordinal));
            }
        }

        foreach (var word in AlphabeticWrote)
        {
            for (var at = Words.IndexOf(sentence, word); at >= 0; at = Words.IndexOf(sentence, word, at + word.Length))
            {
                Note(word, at);
            }
        }

        return last;

        void Note(string word, int at)
        {
            if (at >= 0 && (last is null || at + word.Length > last.Value.End))
            {
                last = (at, at + word.Length);
            }
        }
    }

    public static bool HasOpener(string sentence)
    {
        foreach (var opener in Openers)
        {
            if (Words.StartsWith(sentence, opener))
            {
                return true;
            }
        }

        return false;
    }
}
