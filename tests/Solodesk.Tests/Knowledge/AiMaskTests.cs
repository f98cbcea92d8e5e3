using Solodesk.Knowledge.Ai;

namespace Solodesk.Tests.Knowledge;

public sealed class AiMaskTests
{
    [Theory]
    [InlineData("电话 138-0013-8000，谢谢", "138-0013-8000")]
    [InlineData("手机号１３８００１３８０００", "１３８００１３８０００")]
    [InlineData("tel13800138000", "13800138000")]
    [InlineData("Call me at +1 (415) 555-0132 please", "(415) 555-0132")]
    [InlineData("or 415.555.0132", "415.555.0132")]
    [InlineData("卡号 6222 0212 3456 7890 123", "6222 0212 3456 7890 123")]
    [InlineData("card 4111-1111-1111-1111 exp 12/27", "4111-1111-1111-1111")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00")]
    [InlineData("身份证号是11010519491231002X", "11010519491231002X")]
    [InlineData("passport E12345678", "E12345678")]
    [InlineData("SSN 123-45-6789", "123-45-6789")]
    [InlineData("税号 91310000MA1FL5E88X", "91310000MA1FL5E88X")]
    [InlineData("key sk-abcDEF1234567890abcd", "sk-abcDEF1234567890abcd")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE")]
    [InlineData("Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", "eyJzdWIiOiIxIn0")]
    [InlineData("password: hunter2!", "hunter2!")]
    [InlineData("密码是abc123，还是登录不上", "abc123")]
    [InlineData("验证码 482913", "482913")]
    [InlineData("my mail is a.b+c@example.co.uk", "a.b+c@example.co.uk")]
    [InlineData("微信：lin_xt88", "lin_xt88")]
    [InlineData("from 203.0.113.77 today", "203.0.113.77")]
    [InlineData("寄到浙江省杭州市西湖区文三路 90 号 3 幢 502 室", "西湖区")]
    [InlineData("寄到上海市浦东新区世纪大道100号8楼", "世纪大道100号8楼")]
    [InlineData("ship to 221B Baker Street, London", "221B Baker Street")]
    [InlineData("1600 Pennsylvania Avenue, Washington, DC 20500", "DC 20500")]
    [InlineData("我叫王小明，想退款", "王小明")]
    [InlineData("收件人：欧阳静", "欧阳静")]
    [InlineData("请转告李先生", "李")]
    [InlineData("Hi, my name is Jane Doe and", "Jane Doe")]
    [InlineData("Regards,\nJohn Smith", "John Smith")]
    [InlineData("ask Dr. Watson", "Watson")]
    public void Secrets_and_personal_data_never_leave_and_come_back_in_the_answer(string text, string secret)
    {
        var mask = new AiMask();

        var hidden = mask.Hide(text);

        Assert.DoesNotContain(secret, hidden, StringComparison.Ordinal);
        Assert.Equal(text, mask.Show(hidden));
    }

    [Theory]
    [InlineData("价格 128 元，2026-11-22 08:58 下的单")]
    [InlineData("Version 10.15.7 on Windows 11")]
    [InlineData("退款 3 到 5 个工作日到账，一般当天")]
    [InlineData("My password is wrong, I think")]
    [InlineData("打开“设置 → 导出 → 全部”，会生成一个 zip")]
    public void What_the_service_needs_to_know_stays(string text) => Assert.Equal(text, new AiMask().Hide(text));

    [Fact]
    public void Names_that_are_known_are_hidden_wherever_they_stand()
    {
        var mask = new AiMask(["林晓棠", "Marcus Feld", "lin@example.com"]);

        var hidden = mask.Hide("晓棠说 marcus 会回。林晓棠 <LIN@example.com>, Feldberg");

        Assert.DoesNotContain("晓棠", hidden, StringComparison.Ordinal);
        Assert.DoesNotContain("marcus", hidden, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("LIN@", hidden, StringComparison.Ordinal);
        Assert.Contains("Feldberg", hidden, StringComparison.Ordinal);
    }

    [Fact]
    public void One_value_has_one_mark_and_marks_are_understood_in_any_brackets()
    {
        var mask = new AiMask();
        var hidden = mask.Hide("13800138000 和 13800138000");

        Assert.Equal("[NUMBER-1] 和 [NUMBER-1]", hidden);
        Assert.Equal("13800138000 13800138000 13800138000", mask.Show("【NUMBER-1】 ［NUMBER-1］ \\[NUMBER-1\\]"));
        Assert.Equal("[NUMBER-7]", mask.Show("[NUMBER-7]"));
    }

    [Fact]
    public void A_mark_that_somebody_types_is_not_filled_with_what_another_hides()
    {
        var mask = new AiMask();
        var hidden = mask.Hide("[NUMBER-2] 电话 13800138000");

        Assert.Equal("[TEXT-1] 电话 [NUMBER-2]", hidden);
        Assert.Equal("[NUMBER-2]", mask.Show("[TEXT-1]"));
    }

    [Fact]
    public void A_hostile_text_is_masked_in_time_or_refused()
    {
        foreach (var text in (string[])[new string('市', 5000), string.Concat(Enumerable.Repeat("1-", 5000)), string.Concat(Enumerable.Repeat("a@a.", 5000)), string.Concat(Enumerable.Repeat("Aa ", 5000))])
        {
            var began = System.Diagnostics.Stopwatch.StartNew();
            try
            {
                new AiMask().Hide(text);
            }
            catch (System.Text.RegularExpressions.RegexMatchTimeoutException)
            {
                // Then nothing is sent.
            }

            Assert.True(began.Elapsed < TimeSpan.FromSeconds(10), text[..4]);
        }
    }
}
