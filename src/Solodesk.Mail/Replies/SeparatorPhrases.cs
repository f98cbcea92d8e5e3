using System.Collections.Frozen;

namespace Solodesk.Mail.Replies;

/// <summary>What stands between the dashes, in the words of many mail programs; keyed by <see cref="Words.Key"/>.</summary>
internal static class SeparatorPhrases
{
    public static readonly FrozenSet<string> Original = Keys(
        // zh
        "原始邮件", "邮件原件", "邮件原文", "原邮件", "回复的原邮件", "答复的原邮件", "回复的邮件", "回复邮件", "答复邮件", "原始消息", "原始信息", "原始邮件内容", "原始邮件信息",
        "原邮件内容", "原文", "原件", "原信", "邮件原始内容", "原始约会", "历史邮件", "以下为原邮件", "以下是原邮件", "以下是原始邮件", "以下为原始邮件", "引用邮件", "引用原文",
        "原始郵件", "郵件原件", "郵件原文", "原郵件", "回覆的原郵件", "回复的原郵件", "原始訊息", "原始信件", "回覆郵件", "原始郵件訊息", "原信件",
        // en
        "Original", "Original Message", "Original Mail", "Original Email", "Original E-mail", "Original Appointment", "Replied Message", "Reply Message",
        "Replied Mail", "Quoted Message", "Previous Message", "Reply to Message", "Message original", "Original Text", "Original Content",
        // de, fr, es, it, pt, nl
        "Ursprüngliche Nachricht", "Original-Nachricht", "Originalnachricht", "Original Nachricht", "Ursprüngliche E-Mail", "Original-Mail", "Antwort Nachricht", "Originaltermin",
        "Message d'origine", "Message initial", "Message d’origine", "E-mail d'origine", "Mail original", "Courriel original", "Rendez-vous d'origine",
        "Mensaje original", "Correo original", "Mensaje inicial", "Cita original",
        "Messaggio originale", "Messaggio Originale", "E-mail originale", "Messaggio iniziale",
        "Mensagem original", "Mensagem Original", "Mensagem anterior", "E-mail original",
        "Oorspronkelijk bericht", "Oorspronkelijke bericht", "Origineel bericht", "Origineel Bericht", "Oorspronkelijke e-mail",
        // pl, ru, da, no, sv, fi
        "Wiadomość oryginalna", "Oryginalna wiadomość", "Treść oryginalnej wiadomości", "Oryginalny e-mail", "Wiadomość pierwotna", "Pierwotna wiadomość",
        "Исходное сообщение", "Оригинальное сообщение", "Первоначальное сообщение", "Исходное письмо", "Оригинал сообщения", "Сообщение-оригинал",
        "Oprindelig meddelelse", "Oprindelig besked", "Original meddelelse", "Original besked", "Oprindelig mail", "Oprindelig e-mail",
        "Opprinnelig melding", "Original melding", "Opprinnelig e-post", "Originalmelding",
        "Ursprungligt meddelande", "Originalmeddelande", "Original meddelande", "Ursprungligt mejl", "Ursprungligt mail", "Ursprungsmeddelande",
        "Alkuperäinen viesti", "Alkuperäinen sähköposti", "Alkup. viesti",
        // ja, ko, vi
        "元のメッセージ", "元のメール", "元メール", "原文メッセージ", "返信元のメッセージ", "返信元メール", "オリジナルメッセージ",
        "원본 메시지", "원본 메일", "원본메일", "원본 편지", "원문", "원본", "원래 메시지", "원본 이메일", "원본메세지",
        "Thư gốc", "Tin nhắn gốc", "Tin nhắn ban đầu", "Thư ban đầu", "Nội dung gốc", "Bản gốc", "Email gốc", "Thông điệp gốc",
        // neighbours
        "Původní zpráva", "Pôvodná správa", "Orijinal Mesaj", "Özgün İleti", "Eredeti üzenet", "Mesaj original", "Оригінальне повідомлення", "Вихідне повідомлення",
        "Missatge original", "Αρχικό μήνυμα", "Pesan Asli", "ข้อความต้นฉบับ", "Izvorna poruka", "Izvirno sporočilo");

    public static readonly FrozenSet<string> Forward = Keys(
        "转发的邮件", "转发邮件", "转发的消息", "转发消息", "转发邮件信息", "转发的邮件信息", "已转发邮件", "已转发的邮件", "被转发的邮件", "转寄邮件", "转发的原邮件", "转发信息", "转发原邮件", "转发内容", "邮件转发",
        "轉寄郵件", "轉寄的郵件", "轉發郵件", "轉發的郵件", "轉寄的訊息", "轉發訊息", "已轉寄郵件", "轉寄訊息", "轉寄信件", "被轉寄的郵件", "轉發的原郵件",
        "Forwarded message", "Forwarded mail", "Forwarded email", "Forwarded e-mail", "Forward message", "Forwarded letter", "Forwarded Message", "Start of forwarded message", "Forwarded",
        "Weitergeleitete Nachricht", "Weitergeleitete E-Mail", "Weitergeleitete Mail",
        "Message transféré", "Message transmis", "E-mail transféré", "Courriel transféré", "Message réexpédié", "Mail transféré",
        "Mensaje reenviado", "Correo reenviado", "Mensaje enviado", "Messaggio inoltrato", "E-mail inoltrata", "Mensagem encaminhada", "Mensagem reencaminhada", "E-mail encaminhado",
        "Doorgestuurd bericht", "Doorgestuurde e-mail", "Doorgezonden bericht",
        "Przekazana wiadomość", "Wiadomość przekazana dalej", "Treść przekazanej wiadomości", "Wiadomość przekazana", "Przesłana wiadomość",
        "Пересылаемое сообщение", "Пересланное сообщение", "Переадресованное сообщение", "Перенаправленное сообщение", "Пересылаемое письмо", "Пересланное письмо", "Конец пересылаемого сообщения",
        "Videresendt meddelelse", "Videresendt besked", "Videresendt mail", "Videresendt melding", "Videresendt e-post", "Vidaresendt melding",
        "Vidarebefordrat meddelande", "Vidarebefordrat mail", "Vidarebefordrat mejl", "Vidarebefordrat brev", "Vidarebefordrad e-post", "Vidaresänt meddelande",
        "Välitetty viesti", "Edelleenlähetetty viesti", "Edelleen lähetetty viesti", "Lähetetty edelleen", "Välitetty sähköposti",
        "転送メッセージ", "転送されたメッセージ", "転送メール", "転送されたメール", "転送",
        "전달된 메시지", "전달된 메일", "전달된 편지", "전달 메시지", "전달된 이메일", "전달 메일",
        "Thư đã chuyển tiếp", "Tin nhắn được chuyển tiếp", "Thư chuyển tiếp", "Tin nhắn chuyển tiếp", "Tin nhắn đã chuyển tiếp", "Thư được chuyển tiếp", "Email chuyển tiếp",
        "Přeposlaná zpráva", "Preposlaná správa", "İletilen ileti", "Továbbított üzenet", "Mesaj redirecționat", "Пересилання повідомлення", "Переслане повідомлення", "Missatge reenviat");

    /// <summary>Sentences that open a forwarded message and end in a colon, without dashes (Apple Mail and its kin).</summary>
    public static readonly FrozenSet<string> OpensForward = Keys(
        "Begin forwarded message", "Begin forwarded mail", "Forwarded message", "Start of forwarded message",
        "以下是转发的邮件", "以下是被转发的邮件", "下面是被转发的邮件", "下面是转发的邮件", "开始转发的邮件", "开始转发邮件", "以下为转发的邮件", "以下为转发邮件", "以下是转发邮件", "转发的邮件", "已转发邮件", "被转发的邮件",
        "以下是轉寄的郵件", "以下是被轉寄的郵件", "下面是被轉寄的郵件", "開始轉寄郵件", "以下為轉寄郵件", "已轉寄的郵件", "轉寄的郵件", "開始轉寄訊息",
        "Anfang der weitergeleiteten Nachricht", "Anfang der weitergeleiteten E-Mail", "Weitergeleitete Nachricht",
        "Début du message réexpédié", "Début du message transféré", "Message transféré", "Inicio del mensaje reenviado", "Mensaje reenviado",
        "Inizio messaggio inoltrato", "Inizio del messaggio inoltrato", "Messaggio inoltrato", "Início da mensagem encaminhada", "Início da mensagem reencaminhada", "Mensagem encaminhada",
        "Begin doorgestuurd bericht", "Doorgestuurd bericht", "Rozpoczęcie przekazywanej wiadomości", "Początek przekazywanej wiadomości", "Początek przekazanej wiadomości",
        "Начало переадресованного сообщения", "Начало пересылаемого сообщения", "Начало переадресуемого сообщения",
        "Start på videresendt besked", "Start på videresendt meddelelse", "Start på videresendt mail", "Begynnelse på videresendt melding", "Start på videresendt melding", "Videresendt besked", "Videresendt melding",
        "Vidarebefordrat brev", "Början på vidarebefordrat meddelande", "Början av vidarebefordrat meddelande", "Vidarebefordrat meddelande",
        "Välitetty viesti alkaa", "Edelleenlähetetty viesti alkaa", "Välitetty viesti", "転送されたメッセージ", "転送メッセージ", "전달된 메시지", "전달된 메일", "Bắt đầu thư được chuyển tiếp", "Bắt đầu tin nhắn được chuyển tiếp");

    /// <summary>Help desks ask for the answer above such a line; everything below it is theirs.</summary>
    public static readonly string[] ReplyAbove =
    [
        "replyabovethisline", "typeyourreplyabovethisline", "writeyourreplyabovethisline", "pleasereplyabovethisline", "replyabovethisemail", "pleasetypeyourreplyabovethisline",
        "请在此行上方回复", "请在此线上方回复", "请在这行上面回复", "请在此行以上回复", "在此行上方回复", "請在此行上方回覆",
        "antwortenoberhalbdieserzeile", "bitteantwortensieoberhalbdieserzeile", "répondezaudessusdecetteligne", "respondeporencimadeestalínea",
    ];

    private static FrozenSet<string> Keys(params string[] phrases) => phrases.Select(phrase => Words.Key(phrase)).ToFrozenSet(StringComparer.Ordinal);
}
