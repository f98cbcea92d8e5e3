using System.Collections.Frozen;

namespace Solodesk.Mail.Replies;

internal enum HeaderField
{
    None,
    From,

    /// <summary>A label that only a mail program writes ("Sent:", "发送时间："), unlike "Date:" which forms use, too.</summary>
    Sent,
    Date,
    To,
    Cc,
    Subject,
    Other,
}

/// <summary>The names of header fields as mail programs show them; keyed by <see cref="Words.Key"/>.</summary>
internal static class HeaderLabels
{
    private static readonly FrozenDictionary<string, HeaderField> Fields = Build();

    /// <summary>The longest label, in characters as written.</summary>
    public const int Longest = 32;

    public static HeaderField Of(ReadOnlySpan<char> label)
    {
        var trimmed = label.Trim(" *_|\t【】[]<>");
        return trimmed.IsEmpty || trimmed.Length > Longest ? HeaderField.None : Fields.GetValueOrDefault(Words.Key(trimmed));
    }

    private static FrozenDictionary<string, HeaderField> Build()
    {
        var fields = new Dictionary<string, HeaderField>(StringComparer.Ordinal);
        Add(HeaderField.From, "发件人", "発件人", "寄件者", "寄件人", "发送人", "发信人", "寄信人", "發件人", "寄件者", "發送者", "发送者", "來自", "来自", "從", "从", "From", "Sender", "Von", "Absender", "De", "Expéditeur", "Remitente", "Da", "Mittente",
            "Remetente", "Van", "Afzender", "Od", "Nadawca", "От", "От кого", "Отправитель", "Fra", "Avsender", "Afsender", "Från", "Avsändare", "Lähettäjä", "差出人", "送信者", "発信者", "送信元", "보낸 사람", "보낸사람", "보낸이", "발신인", "발신자", "보낸 이",
            "Từ", "Người gửi", "Gửi từ", "Від", "Kimden", "Gönderen", "Feladó", "De la", "Από", "Dari", "จาก");
        Add(HeaderField.Sent, "发送时间", "发送日期", "发件时间", "发信时间", "寄件日期", "寄件時間", "傳送時間", "發送時間", "發送日期", "傳送日期", "寄送時間", "寄送日期", "已傳送", "已傳送時間", "已发送", "已發送", "邮件时间", "收件时间", "Sent", "Date Sent", "Sent at", "Sent on", "Gesendet", "Gesendet am", "Envoyé", "Envoyé le", "Date d'envoi", "Enviado",
            "Enviado el", "Enviado em", "Enviada em", "Enviada", "Fecha de envío", "Data de envio", "Inviato", "Data invio", "Verzonden", "Verzonden op", "Wysłano", "Wysłane", "Data wysłania", "Отправлено", "Дата отправки", "Sendt", "Skickat", "Skickad", "Lähetetty",
            "送信日時", "送信日", "送信時刻", "보낸 날짜", "보낸날짜", "보낸 시간", "보낸시간", "전송 날짜", "Đã gửi", "Ngày gửi", "Gửi lúc", "Thời gian gửi", "Đã gửi lúc", "Надіслано", "Odesláno", "Odoslané", "Gönderildi", "Gönderme Tarihi", "Elküldve", "Trimis");
        Add(HeaderField.Date, "日期", "时间", "時間", "日时", "Date", "Datum", "Fecha", "Data", "Data i godzina", "Дата", "Dato", "Dátum", "Päiväys", "Päivämäärä", "Pvm", "日時", "日付", "날짜", "일시", "일자", "시간", "Ngày", "Thời gian", "Vào", "Le", "Tarih", "Ημερομηνία", "Tanggal");
        Add(HeaderField.To, "收件人", "收件者", "收信人", "至", "To", "An", "Empfänger", "À", "A", "Destinataire", "Destinataires", "Para", "Destinatario", "Destinatari", "Destinatário", "Aan", "Ontvanger", "Do", "Adresat", "Кому", "Получатель", "Til", "Modtager", "Mottaker", "Till", "Mottagare",
            "Vastaanottaja", "Kopio vastaanottajalle", "宛先", "受信者", "送信先", "받는 사람", "받는사람", "받는이", "수신인", "수신자", "수신", "Đến", "Tới", "Người nhận", "Gửi đến", "Gửi tới", "Komu", "Pre", "Kime", "Alıcı", "Címzett", "Către", "Προς", "Kepada");
        Add(HeaderField.Cc, "抄送", "抄送人", "抄送：", "副本", "密送", "密件抄送", "密件副本", "Cc", "Bcc", "CC", "Kopie", "Kopie (CC)", "Copie à", "Copie", "Copia", "Con copia", "Cópia", "DW", "Do wiadomości", "UDW", "Копия", "Скрытая копия", "Kopi", "Kopia", "Kopio", "同報", "참조", "숨은 참조", "참조인", "Đồng gửi", "Bilgi", "Kopie an");
        Add(HeaderField.Subject, "主题", "主旨", "标题", "邮件主题", "主題", "標題", "郵件主旨", "題名", "Subject", "Betreff", "Objet", "Sujet", "Asunto", "Oggetto", "Assunto", "Onderwerp", "Temat", "Тема", "Emne", "Ämne", "Rubrik", "Aihe", "Otsikko", "件名", "タイトル", "제목", "Chủ đề", "Tiêu đề", "V/v", "Předmět", "Predmet", "Konu", "Tárgy", "Subiect", "Θέμα", "Subjek");
        Add(HeaderField.Other, "附件", "优先级", "重要性", "回复", "回复至", "答复", "回覆", "回复地址", "Reply-To", "Reply To", "Attachments", "Attachment", "Importance", "Priority", "Message-ID", "Organization", "X-Mailer", "Mailed-by", "Anlagen", "Anlage", "Antwort an", "Wichtigkeit", "Priorität", "Pièces jointes", "Importance", "Répondre à",
            "Datos adjuntos", "Adjuntos", "Responder a", "Allegati", "Rispondi a", "Priorità", "Anexos", "Bijlagen", "Beantwoorden - Aan", "Antwoord aan", "Załączniki", "Odpowiedz do", "Вложения", "Ответить", "Vedhæftede filer", "Svar til", "Vedlegg", "Bifogade filer", "Svara till", "Liitteet", "Vastausosoite", "添付ファイル", "返信先", "첨부 파일", "첨부", "회신", "Đính kèm", "Resent-From", "Newsgroups", "List-Id", "组织", "发件邮箱", "邮箱");
        return fields.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(HeaderField field, params string[] labels)
        {
            foreach (var label in labels)
            {
                fields.TryAdd(Words.Key(label), field);
            }
        }
    }
}
