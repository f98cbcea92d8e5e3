using Solodesk.Text.Languages;

namespace Solodesk.Text.Tests.Languages;

public sealed class LanguageDetectorTests
{
    [Theory]
    [InlineData("我的账户怎么登录？", "zh-Hans")]
    [InlineData("退款", "zh-Hans")]
    [InlineData("你好", "zh-Hans")]
    [InlineData("订单还没有收到，请帮我查一下物流", "zh-Hans")]
    [InlineData("我的 iPhone 15 Pro 开不了机了", "zh-Hans")]
    [InlineData("請問我的訂單什麼時候會到貨？", "zh-Hant")]
    [InlineData("無法登入帳號", "zh-Hant")]
    [InlineData("我要退貨，謝謝", "zh-Hant")]
    [InlineData("発票", "ja")]
    [InlineData("注文した商品がまだ届きません。", "ja")]
    [InlineData("パスワードを忘れました", "ja")]
    [InlineData("환불은 언제 되나요?", "ko")]
    [InlineData("비밀번호를 잊어버렸어요", "ko")]
    [InlineData("Where is my order?", "en")]
    [InlineData("I forgot my password and cannot log in", "en")]
    [InlineData("refund please", "en")]
    [InlineData("Invoice 2024-117 is missing", "en")]
    [InlineData("Hi", "en")]
    [InlineData("Wo ist meine Bestellung?", "de")]
    [InlineData("Ich habe mein Passwort vergessen", "de")]
    [InlineData("Können Sie mir bitte eine Rechnung schicken?", "de")]
    [InlineData("Où est ma commande ?", "fr")]
    [InlineData("J’ai oublié mon mot de passe", "fr")]
    [InlineData("Je voudrais être remboursé s'il vous plaît", "fr")]
    [InlineData("¿Dónde está mi pedido?", "es")]
    [InlineData("He olvidado mi contraseña", "es")]
    [InlineData("Quiero cancelar mi suscripción, gracias", "es")]
    [InlineData("Onde está o meu pedido? Ainda não recebi", "pt")]
    [InlineData("Non riesco ad accedere al mio conto", "it")]
    [InlineData("Waar is mijn bestelling? Ik heb nog niets ontvangen", "nl")]
    [InlineData("Jag har inte fått min beställning", "sv")]
    [InlineData("Gdzie jest moje zamówienie?", "pl")]
    [InlineData("Siparişim nerede? Henüz gelmedi", "tr")]
    [InlineData("Pesanan saya belum sampai", "id")]
    [InlineData("Đơn hàng của tôi ở đâu?", "vi")]
    [InlineData("Где мой заказ?", "ru")]
    [InlineData("Де моє замовлення? Ще не отримав її", "uk")]
    [InlineData("أين طلبي؟", "ar")]
    [InlineData("איפה ההזמנה שלי?", "he")]
    [InlineData("Πού είναι η παραγγελία μου;", "el")]
    [InlineData("คำสั่งซื้อของฉันอยู่ที่ไหน", "th")]
    [InlineData("मेरा ऑर्डर कहाँ है?", "hi")]
    [InlineData("12345 ?!", "und")]
    [InlineData("", "und")]
    [InlineData(null, "und")]
    public void Customers_are_understood_in_their_language(string? text, string code) =>
        Assert.Equal(code, LanguageDetector.Detect(text).Code);

    [Fact]
    public void A_clear_sentence_is_surer_than_one_word()
    {
        Assert.True(LanguageDetector.Detect("I have been waiting for my order since last week").Confidence > 0.8);
        Assert.True(LanguageDetector.Detect("Acme X200").Confidence < 0.4);
        Assert.True(LanguageDetector.Detect("你好").Confidence < LanguageDetector.Detect("请问订单什么时候发货").Confidence);
    }

    [Fact]
    public void Any_text_gets_an_answer_with_a_confidence_between_0_and_1()
    {
        foreach (var text in RandomText.Many(5000, seed: 12))
        {
            Assert.InRange(LanguageDetector.Detect(text).Confidence, 0, 1);
        }
    }
}
